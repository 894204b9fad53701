"""Addresses of this room."""

from django.urls import path

from linli.work.surveys.views import calls, entry, index, results, samples, waves, writing

app_name = "surveys"
_SHEET, _WAVE = "<slug:bureau>/questionnaires/", "<slug:bureau>/w/<slug:code>/"
urlpatterns = [
    path("<slug:bureau>/", index.index, name="index"),
    path(_SHEET, index.questionnaires, name="questionnaires"),
    path(f"{_SHEET}new", writing.new, name="new"),
    path(f"{_SHEET}<slug:code>/", writing.draft, name="draft"),
    path(f"{_SHEET}<slug:code>/publish", writing.publish, name="publish"),
    path(f"{_SHEET}<slug:code>/preview", writing.preview, name="preview"),
    path(f"{_SHEET}<slug:code>/<int:number>/", writing.version, name="version"),
    path("<slug:bureau>/open", waves.new, name="open"),
    path(_WAVE, waves.wave, name="wave"),
    path(f"{_WAVE}draw", samples.draw, name="draw"),
    path(f"{_WAVE}discard", samples.discard, name="discard"),
    path(f"{_WAVE}link/<slug:community>", samples.link, name="link"),
    path(f"{_WAVE}missed", waves.missed, name="missed"),
    path(f"{_WAVE}margins", waves.margins, name="margins"),
    path(f"{_WAVE}ask", entry.ask, name="ask"),
    path(f"{_WAVE}paper", entry.paper, name="paper"),
    path(f"{_WAVE}paper.xlsx", entry.paper_form, name="paper_form"),
    path(f"{_WAVE}calls", calls.calls, name="calls"),
    path(f"{_WAVE}calls/draw", calls.draw, name="draw_calls"),
    path(f"{_WAVE}calls/<int:number>", calls.called, name="called"),
    path(f"{_WAVE}close", waves.close, name="close"),
    path(f"{_WAVE}results", results.results, name="results"),
    path(f"{_WAVE}words", results.words, name="words"),
    path(f"{_WAVE}results/<str:community>", results.community, name="community"),
]
