"""The words that outlines are written with, in the languages they are written in."""

from __future__ import annotations

import re
from typing import NamedTuple

SLIDE_WORDS = {
    "slide": "", "frame": "", "dia": "nl", "folie": "de", "slajd": "pl", "diapositive": "fr", "diapo": "fr",
    "diapositiva": "es", "lámina": "es", "snímek": "cs", "слайд": "ru", "lysbilde": "nb", "lysark": "nb",
    "スライド": "ja", "幻灯片": "zh", "幻燈片": "zh", "投影片": "zh", "슬라이드": "ko",
}  # fmt: skip
"""What a slide is called, and the language that says so; empty where several do."""
_WORDS = "|".join(map(re.escape, sorted(SLIDE_WORDS, key=len, reverse=True)))
_END = r"(?:\s*[:)\]|：、]\s*|\s*\.(?!\d)\s*|\s+[-–—]\s+|\s*[–—]\s*)"
NUMBERED = re.compile(
    rf"[\[(]?\s*(?P<word>{_WORDS})\s*(?:n[ro°º]?[.°º]?\s*|#\s*|№\s*)?(?P<number>\d{{1,3}})"
    rf"(?:\s*(?:/|of|von|z|de|di|из)\s*\d{{1,3}})?[\])]?(?P<end>{_END}|\s+(?=\S)|\s*$)(?P<title>.*)",
    re.I,
)
COUNTED = re.compile(
    rf"第\s*(?P<number>\d{{1,3}})\s*[張张页頁枚]?\s*(?P<word>{_WORDS})?(?P<end>{_END}|\s+|\s*$)(?P<title>.*)"
)
UNNUMBERED = re.compile(rf"[\[(]?\s*(?P<word>{_WORDS})\s*[\])]?\s*(?P<end>[:：])\s*(?P<title>\S.*)", re.I)
DETAIL = re.compile(r"detail\s*:\s*(?P<title>\S.*)", re.I)

LABELS = {
    "content": (
        "content to include|contents?|bullets?|bullet points|key points|main points|points|inhalte?|stichpunkte|treść"
        "|zawartość|punkty|contenu|points clés|contenido|puntos clave|contenuto|punti chiave|conteúdo|内容"
        "|要点|コンテンツ"
    ),
    "display": (
        "display only|display|show only|on screen|on-screen text|nur anzeigen|tylko wyświetl|affichage seul"
        "|solo mostrar|solo visualizzare|表示のみ|仅显示"
    ),
    "notes": (
        r"speaker(?:['’]?s)? notes?|presenter(?:['’]?s)? notes?|notes?|talking points|script|voice-?over|narration"
        r"|sprechernotizen|notizen|notatki(?: prelegenta)?|notes (?:de l['’]orateur|du présentateur)"
        r"|notas(?: del (?:orador|presentador))?|note (?:del|per il) (?:relatore|presentatore)"
        r"|スピーカーノート|发言备注|演讲者备注|备注"
    ),
    "title": "title|titel|tytuł|titre|título|titolo|タイトル|标题|headline",
    "visual": (
        r"visuals?(?: aids?| suggestions?| ideas?)?|suggested visuals?|images?|diagram|graphics?|illustration|layout"
        r"|design|animation|transition|duration|time|bild|grafik|wizualizacja|visuel|imagen|图片|図"
    ),
}
"""What stands above the parts of a slide; what comes after ``visual`` is for who draws it."""
CERTAIN = re.compile(
    r"speaker|presenter|visual|suggested|talking|sprecher|notatki|content to|display only|スピーカー|备注", re.I
)
"""Those that no point begins with."""
ORNAMENT = r"[\u2190-\u23ff\u25a0-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]"
"""A pictogram or a part of one, as language models set them before titles and labels."""
_LABEL = "|".join(f"(?P<{name}>{words})" for name, words in LABELS.items())
LABEL = re.compile(
    rf"(?P<marks>(?:[*_#>\s]|{ORNAMENT})*)(?:{_LABEL})\s*(?:\([^()]*\))?[*_\s]*"
    r"(?:(?P<colon>[:：])[*_]*\s*(?P<rest>.*)|$)",
    re.I,
)
_LONG = r"\d{1,3}(?:[.,]\d)?"
_UNITS = (
    r"min(?:s|ute[ns]?|ut[aey]?|ut[io]s?)?|s|secs?|seconds?|sek(?:unden|und[ay]?)?|мин(?:ут[аы]?)?|分钟?|分鐘|秒|분|초"
)
TIMING = re.compile(
    rf"(?P<title>.*\S)\s*(?P<timing>[(\[（]\s*(?:[~≈]|about|approx\.?|circa|ca\.?|etwa|ok\.?|około)?\s*"
    rf"(?:{_LONG}(?:\s*[-–—]\s*{_LONG})?\s*(?:{_UNITS})\.?|\d{{1,2}}:\d\d(?:\s*(?:{_UNITS})\.?)?)\s*[)\]）])",
    re.I,
)
"""A title, and behind it how long its slide takes."""
PROMPT = re.compile(
    r"(?:(?:please )?(?:generate|create|make|write)\b|(?:sure|certainly|here(?:['’]s| is| are))\b).*"
    r"\b(?:slides?|presentation|outline|deck)\b.*",
    re.I,
)
"""What is asked of whoever makes the slides, or answered; it is no part of a talk."""
OFFER = re.compile(
    r"(?:(?:would you like|do you want|want|shall i|should i|i can|if you(?:['’]d| would)? (?:like|want))\b.*"
    r"|let me know\b.*|(?:just )?feel free to\b.*|i hope (?:this|that)\b.*)",
    re.I,
)
"""What whoever made the slides says below the last of them."""
CUE = re.compile(r"[*_]*[\[(][*_]*(?P<inside>.+?)[*_]*[\])][*_]*")
"""A line in brackets, such as ``[Diagram: …]``."""
TITLED = re.compile(rf"(?:{LABELS['title']})(?: (?:slide|page))?\s*[:：]\s*(?P<rest>\S.*)", re.I)
NO_TITLE = re.compile(r"(?:(?:title|cover|opening)(?: (?:slide|page))?|slide \d+|)", re.I)
ABOUT = re.compile(r"\babout (?:the (?:paper|podcast) )?(?:\*\*(?P<bold>.+?)\*\*|(?P<plain>.+?))\.?$", re.I)
PROMPT_TITLE = re.compile(
    r"(?:(?:notebooklm|chatgpt|gemini|claude|slides?|presentation|talk)\s+)*prompt(?:\s*[-–—:]\s*(?P<rest>.*))?", re.I
)


class SlideStart(NamedTuple):
    """A line that begins a slide."""

    title: str
    numbered: bool
    language: str
    certain: bool
    """Whether it can be nothing else, so that it needs no mark of a heading."""


class Label(NamedTuple):
    """A line that says what follows."""

    name: str
    rest: str
    certain: bool


def read_slide_start(text: str) -> SlideStart | None:
    """Return what a line such as ``Slide 3: Title`` begins."""
    timed = TIMING.fullmatch(text.strip())  # which may stand behind a bold title
    text = timed["title"] if timed else text
    bare = strip_marks(re.sub(rf"^(?:\s|{ORNAMENT})+", "", strip_marks(text)))
    match = NUMBERED.fullmatch(bare) or COUNTED.fullmatch(bare) or UNNUMBERED.fullmatch(bare)
    if match is None:
        return None
    language = SLIDE_WORDS.get((match["word"] or "").lower(), "") or ("" if match["word"] else "zh")
    certain = bool(match["end"].strip()) or bare[0] in "[(" or not match["title"] or bare != text.strip()
    title = strip_marks(match["title"])
    titled = TITLED.fullmatch(title)
    title = strip_marks(titled["rest"]) if titled else title
    title = f"{title} {timed['timing']}" if timed and title else title
    return SlideStart(title, "number" in match.groupdict(), language, certain)


def read_label(text: str) -> Label | None:
    """Return what a line such as ``**Speaker notes:** …`` announces."""
    if (cue := CUE.fullmatch(text.strip())) and (label := read_label(cue["inside"])) and label.name == "visual":
        return label._replace(certain=True)
    match = LABEL.fullmatch(text.strip())
    if match is None or (not match["colon"] and not match["marks"].strip() and not CERTAIN.match(text.strip())):
        return None
    name = next(name for name in LABELS if match[name])
    return Label(name, (match["rest"] or "").strip(), bool(match["marks"].strip() or CERTAIN.match(match[name])))


def strip_marks(text: str) -> str:
    """Return a title without the marks around it: bold, a colon at the end."""
    text = text.strip()
    while match := re.fullmatch(r"(\*{1,3}|_{1,3})(?=\S)((?:(?!\1).)+?)(?<=\S)\1\s*[:：]?", text):
        text = match[2].strip()
    return re.sub(r"(?:\s*[:：]|(?:^|\s+)#+)+$", "", text)
