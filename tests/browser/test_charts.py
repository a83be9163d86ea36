"""Charts in a real Chromium: every text lies in its picture and on no other, and is as large as it must be."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.sites import Output, SmallSite

CONF = 'extensions = ["myst_parser", "paperdeck"]\nmyst_enable_extensions = ["colon_fence"]\n'
MODELS = """\
model           | parameters one token uses | MMLU, 5-shot | kind
Pythia-1B       | 1.1e9 | 31.1 | dense
TinyLlama-1B    | 1.1e9 | 33.6 | dense
OLMo-1B         | 1.3e9 | 32.1 | dense
OLMoE-1B-7B     | 1.3e9 | 54.1 | mixture
StableLM-2B     | 1.6e9 | 40.4 | dense
JetMoE-2B-9B    | 2.2e9 | 49.1 | mixture
OpenMoE-3B-9B   | 2.6e9 | 27.4 | mixture
Gemma2-3B       | 2.6e9 | 53.3 | dense
Qwen1.5-3B-14B  | 2.7e9 | 62.4 | mixture
DeepSeek-3B-16B | 2.9e9 | 45.5 | mixture
Llama2-7B       | 6.7e9 | 46.2 | dense
OLMo-7B         | 6.9e9 | 54.9 | dense
Mistral-7B      | 7.3e9 | 64.0 | dense
Llama3.1-8B     | 8.0e9 | 66.9 | dense
Gemma2-9B       | 9.2e9 | 70.6 | dense
"""
SCORES = """\
setting   | GPT-3 | GLaM | points
Zero-shot | 56.9  | 62.7 | +5.8
One-shot  | 61.6  | 65.5 | +3.9
Few-shot  | 65.2  | 68.1 | +2.9
"""
LOSS = "tokens, billions | GLaM | dense twin\n0 | 5 | 5\n100 | 3.2 | 3.6\n300 | 2.6 | 3.0\n600 | 2.2 | 2.7\n"
CHARTS = {
    "scatter": f"scatter\n:highlight: OLMoE-1B-7B\n:kind: kind\n:log: x\n:unit: %\n\n{MODELS}",
    "dot": f"dot\n:highlight: GLaM\n:note: points\n:caption: Average score over 29 tasks.\n\n{SCORES}",
    "bar": f"bar\n:highlight: GLaM\n:note: points\n:x: average score\n\n{SCORES}",
    "share": "bar\n:of: 1.2e12 | are kept in memory\n\ntokens | share\ncompute for this token | 96.6e9\n",
    "line": f"line\n:highlight: GLaM\n:y: loss\n\n{LOSS}",
    "gaps": "line\n\nstep | GLaM | dense twin\n300 | 2 | 3\n0 | 5 | 5\n100 | | 4\n200 | 3 |\n400 | 2 | 2.9\n",
    "negative": "bar\n:x: points won\n\ntask | won\nTriviaQA | 5.8\nWinogrande, one-shot | −3.2\nHellaSwag |\n",
    "slope": "slope\n:highlight: GLM\n:y: percent right\n\nmodel | FP16 | INT8 | INT4\nGLM | 80.2 | 80.2 | 79.5\n"
    "BLOOM | 64.4 | 64.9 | 34.8\n%% difference: BLOOM, FP16 -> BLOOM, INT4 | −30 points\n",
    "histogram": "histogram\n\nweight | count\n-2 to 0 | 40\n0 to 2 | 50\n2 to 4 | 2\n%% line: x = 3.5 | outlier\n",
    "area": "area\n:highlight: GLaM\n\nrun | energy\nGPT-3 | 1,287\nGLaM | 456\n",
    "inside": "area\n:of: 1,287 | MWh for GPT-3\n:highlight: GLaM\n\nrun | energy\nGLaM | 456\nearly | 213\n",
    "strip": "strip\n:cells: 64 | experts\n:tokens: rows\n:highlight: experts\n\ntoken | experts\nThe | 8, 42\n"
    "capital | 4, 19\nof | 8, 53\n",
    "tokens": "strip\n:cells: The, cat, [M], the, mat\n:masked: [M]\n\nstate | read\ntext | 1-2, 4-5\n",
    "waffle": "waffle\n:of: 64\n:highlight: GLaM\n\nmodel | active\nGLaM | 2\nOLMoE | 8\n",
    "blocks": "blocks\n:each: 24 | one block is a card\n\nmodel | memory | cards\nFP16 | 260 | 11\nINT4 | 70 | 4\n",
    "grid": "grid\n:tokens: both\n\nreads | The | cat | sat\nThe | a | a |\ncat | a | a |\nsat | b | b | c\n"
    "%% key: a | the text sees itself\n%% key: b | the gap sees the text\n%% key: c | and itself\n",
    "heat": "grid\n\nlayer | 5 | 50 | 490\n0 | 30 | 41 | 80\n15 | 55 | 63 | 90\n",
    "number": "number\n:of: 100 | all steps\n\nwhat | share\nof the training | 0.4%\n",
    "timeline": "timeline\n:highlight: GLaM\n\nmodel | date\nGShard | 2020-06\nGPT-3 | 2020-05-28\nGLaM | 2021-12-13\n"
    "GLM-130B | 2022-10\nOLMoE | 2024-09-03\n",
}
DOCUMENT = "# Charts\n\n" + "\n".join(
    f"::::{{slide}} {mark} in {layout}\n:name: {mark}-{layout}\n:layout: {layout}\n"
    f"{'Some words.' if layout == 'split' else ''}\n\n:::{{chart}} {body}:::\n::::\n"
    for layout in ("figure", "split", "bullets")
    for mark, body in CHARTS.items()
)


@pytest.fixture
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Return a site with every mark in every layout."""
    return small_site(DOCUMENT, conf=CONF)


def address(output: Output) -> str:
    """Return the address of a site's page."""
    return (output.folder / "index.html").as_uri()


def boxes(picture: Locator) -> list[dict[str, float | str]]:
    """Return what each text of a picture says, how large it is, and where its letters are, px of the page."""
    found: list[dict[str, float | str]] = picture.evaluate(
        """svg => [...svg.querySelectorAll("text")].map(text => {
            const box = text.getBoundingClientRect(), size = parseFloat(getComputedStyle(text).fontSize);
            const scale = box.height / text.getBBox().height, high = size * scale;
            const line = text.getBBox(), base = (parseFloat(text.getAttribute("y")) - line.y) * scale + box.y;
            return {text: text.textContent, size: high, left: box.left, right: box.right,
                    top: base - 0.7 * high, bottom: base + 0.02 * high};
        })"""
    )
    return found


def covering(found: list[dict[str, float | str]]) -> list[tuple[str, str]]:
    """Return the pairs of texts whose letters meet."""
    return [
        (str(one["text"]), str(two["text"]))
        for one, two in combinations(found, 2)
        if min(float(one["right"]), float(two["right"])) - max(float(one["left"]), float(two["left"])) > 0.5
        and min(float(one["bottom"]), float(two["bottom"])) - max(float(one["top"]), float(two["top"])) > 0.5
    ]


def check(picture: Locator, least: float, name: str) -> None:
    """Fail unless each text of a picture lies in it, covers no other, and is at least ``least`` px high."""
    frame = picture.bounding_box()
    assert frame is not None
    found = boxes(picture)
    assert found, name
    outside = [
        text["text"]
        for text in found
        if float(text["left"]) < frame["x"] - 1
        or float(text["right"]) > frame["x"] + frame["width"] + 1
        or float(text["top"]) < frame["y"] - 1
        or float(text["bottom"]) > frame["y"] + frame["height"] + 1
    ]
    assert outside == [], name
    assert covering(found) == [], name
    assert min(float(text["size"]) for text in found) >= least, name


def test_labels_on_slides_are_inside_apart_and_large(site: SmallSite, page: Page) -> None:
    """On every slide, of every mark in every layout, the letters are 16 px and more."""
    output = site.build("revealjs")
    assert output.warnings == []
    page.goto(address(output))
    page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")
    for layout in ("figure", "split", "bullets"):
        for mark in CHARTS:
            slide = f"{mark}-{layout}"
            page.evaluate("id => { location.hash = '/' + id }", slide)
            picture = page.locator(f"section.present[id='{slide}'] .chart svg")
            picture.wait_for()
            check(picture, 15.9, slide)


@pytest.mark.parametrize("width", [390, 1440])
def test_labels_in_the_article_are_inside_apart_and_legible(site: SmallSite, page: Page, width: int) -> None:
    """In the article, on a desk and on a phone, no letter is under 9 px, and no two texts meet."""
    output = site.build("html", html_theme="furo")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(output))
    page.wait_for_function("document.fonts.status === 'loaded'")
    pictures = page.locator(".chart svg:visible")
    assert pictures.count() == 3 * len(CHARTS)
    for number in range(pictures.count()):
        check(pictures.nth(number), 9, f"chart {number} at {width} px")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_scheme(site: SmallSite, page: Page, scheme: str) -> None:
    """One picture has the accent of either scheme, and its halo the colour of what it lies on."""
    page.goto(address(site.build("revealjs")) + "#/dot-split")
    page.wait_for_function("window.Reveal?.isReady()")
    if scheme == "dark":
        page.keyboard.press("t")
    picture = page.locator("section.present .chart svg")
    tokens = {"light": ("rgb(168, 54, 10)", "rgb(244, 246, 250)"), "dark": ("rgb(255, 167, 118)", "rgb(23, 34, 53)")}
    style = picture.locator("text.point").first.evaluate(
        "text => [getComputedStyle(text).fill, getComputedStyle(text).stroke]"
    )
    assert tuple(style) == tokens[scheme]


def test_values_are_there_for_who_does_not_see(site: SmallSite, page: Page) -> None:
    """The picture is named, and the table beside it is read but takes no room."""
    page.goto(address(site.build("revealjs")) + "#/share-figure")
    page.wait_for_function("window.Reveal?.isReady()")
    slide = page.locator("section.present")
    slide.get_by_role("img", name="share, by tokens").wait_for()
    slide.get_by_role("cell", name="96.6e9").wait_for(state="attached")
    box = slide.locator(".chart-values").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) <= (1, 1)


WAITING = """\
# C

::::{slide} S
:layout: figure
:::{chart} strip
:cells: The, cat
:plain:
state | text
read | 1
next | 2
%% step 1: read
:::
::::
"""


def test_name_of_a_token_has_the_colour_of_its_ground(small_site: Callable[..., SmallSite], page: Page) -> None:
    """That of the unlit ones while its token waits, that of the lit ones then; on paper the token does not wait."""
    deck = address(small_site(WAITING, conf=CONF).build("revealjs"))
    page.goto(f"{deck}#/slide-s")
    page.locator(".reveal.ready").wait_for()
    unlit, lit = (
        texts.last.evaluate("text => getComputedStyle(text).fill")
        for texts in (page.locator("text.token.name"), page.locator("text.token.on"))
    )
    name = page.locator("text.token.on").first
    expect(name).to_have_css("fill", unlit)
    page.keyboard.press("ArrowRight")
    expect(name).to_have_css("fill", lit)
    assert lit != unlit
    page.goto(f"{deck}?print-pdf")
    page.locator(".pdf-page").first.wait_for()
    expect(name).to_have_css("fill", lit)
