"""County books (縣冊) in and out: a bureau's whole book as files, and files as changes that are shown before they are
saved, applied whole or not at all, and undone. Every change goes through the actions of the room it belongs to."""
