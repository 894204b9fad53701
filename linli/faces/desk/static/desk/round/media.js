/* Photo and voice: made small on the phone before they are kept. */

const LONGER_SIDE = 1280, QUALITY = 0.72, THUMB = 96;
export const LONGEST_VOICE = 60; // seconds

/* A picture from the camera as a JPEG of at most 1280 points, without what the camera wrote into it. */
export const smaller = async (file) => {
  const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
  const jpeg = await new Promise((done) => { canvas(drawn, LONGER_SIDE).toBlob(done, "image/jpeg", QUALITY); });
  const thumb = canvas(drawn, THUMB).toDataURL("image/jpeg", QUALITY);
  drawn.close();
  return { jpeg, thumb };
};

const canvas = (drawn, longer) => {
  const share = Math.min(1, longer / Math.max(drawn.width, drawn.height));
  const made = document.createElement("canvas");
  made.width = Math.max(1, Math.round(drawn.width * share));
  made.height = Math.max(1, Math.round(drawn.height * share));
  const ground = made.getContext("2d");
  ground.fillStyle = "white";
  ground.fillRect(0, 0, made.width, made.height);
  ground.drawImage(drawn, 0, 0, made.width, made.height);
  return made;
};

export const can_record = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);

/* Begins to record; ``passed(seconds)`` each second; gives {end, blob}, where blob comes when it has ended. */
export const record = async (passed) => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const tape = new MediaRecorder(stream, { audioBitsPerSecond: 24_000 });
  const parts = [], began = Date.now();
  const end = () => { if (tape.state !== "inactive") tape.stop(); };
  const clock = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    passed(seconds);
    if (seconds >= LONGEST_VOICE) end();
  }, 1000);
  tape.ondataavailable = (event) => { if (event.data.size) parts.push(event.data); };
  const blob = new Promise((done) => {
    tape.onstop = () => {
      clearInterval(clock);
      stream.getTracks().forEach((track) => track.stop());
      done({ blob: new Blob(parts, { type: tape.mimeType }), seconds: Math.min(LONGEST_VOICE, (Date.now() - began) / 1000) });
    };
  });
  tape.start();
  return { end, blob };
};
