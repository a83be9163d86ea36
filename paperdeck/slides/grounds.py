"""How light the background of a slide is, so that its words turn dark or light."""

from __future__ import annotations

import colorsys
import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LIGHTEST_OF_DARK, DARKEST_OF_LIGHT = 0.06, 0.67
"""The luminances up to and from which every colour of our text has 4.5:1; between them it is black or white."""

EVEN = 0.179
"""The luminance on which black and white are read equally well."""

OPAQUE = 0.9
"""From here on a colour counts as one that is not seen through."""

NAMES = dict(
    re.findall(
        r"(\w+)=(\w+)",
        """
aliceblue=f0f8ff antiquewhite=faebd7 aqua=00ffff aquamarine=7fffd4 azure=f0ffff beige=f5f5dc bisque=ffe4c4
black=000000 blanchedalmond=ffebcd blue=0000ff blueviolet=8a2be2 brown=a52a2a burlywood=deb887 cadetblue=5f9ea0
chartreuse=7fff00 chocolate=d2691e coral=ff7f50 cornflowerblue=6495ed cornsilk=fff8dc crimson=dc143c cyan=00ffff
darkblue=00008b darkcyan=008b8b darkgoldenrod=b8860b darkgray=a9a9a9 darkgreen=006400 darkgrey=a9a9a9
darkkhaki=bdb76b darkmagenta=8b008b darkolivegreen=556b2f darkorange=ff8c00 darkorchid=9932cc darkred=8b0000
darksalmon=e9967a darkseagreen=8fbc8f darkslateblue=483d8b darkslategray=2f4f4f darkslategrey=2f4f4f
darkturquoise=00ced1 darkviolet=9400d3 deeppink=ff1493 deepskyblue=00bfff dimgray=696969 dimgrey=696969
dodgerblue=1e90ff firebrick=b22222 floralwhite=fffaf0 forestgreen=228b22 fuchsia=ff00ff gainsboro=dcdcdc
ghostwhite=f8f8ff gold=ffd700 goldenrod=daa520 gray=808080 green=008000 greenyellow=adff2f grey=808080
honeydew=f0fff0 hotpink=ff69b4 indianred=cd5c5c indigo=4b0082 ivory=fffff0 khaki=f0e68c lavender=e6e6fa
lavenderblush=fff0f5 lawngreen=7cfc00 lemonchiffon=fffacd lightblue=add8e6 lightcoral=f08080 lightcyan=e0ffff
lightgoldenrodyellow=fafad2 lightgray=d3d3d3 lightgreen=90ee90 lightgrey=d3d3d3 lightpink=ffb6c1
lightsalmon=ffa07a lightseagreen=20b2aa lightskyblue=87cefa lightslategray=778899 lightslategrey=778899
lightsteelblue=b0c4de lightyellow=ffffe0 lime=00ff00 limegreen=32cd32 linen=faf0e6 magenta=ff00ff maroon=800000
mediumaquamarine=66cdaa mediumblue=0000cd mediumorchid=ba55d3 mediumpurple=9370db mediumseagreen=3cb371
mediumslateblue=7b68ee mediumspringgreen=00fa9a mediumturquoise=48d1cc mediumvioletred=c71585
midnightblue=191970 mintcream=f5fffa mistyrose=ffe4e1 moccasin=ffe4b5 navajowhite=ffdead navy=000080
oldlace=fdf5e6 olive=808000 olivedrab=6b8e23 orange=ffa500 orangered=ff4500 orchid=da70d6 palegoldenrod=eee8aa
palegreen=98fb98 paleturquoise=afeeee palevioletred=db7093 papayawhip=ffefd5 peachpuff=ffdab9 peru=cd853f
pink=ffc0cb plum=dda0dd powderblue=b0e0e6 purple=800080 rebeccapurple=663399 red=ff0000 rosybrown=bc8f8f
royalblue=4169e1 saddlebrown=8b4513 salmon=fa8072 sandybrown=f4a460 seagreen=2e8b57 seashell=fff5ee
sienna=a0522d silver=c0c0c0 skyblue=87ceeb slateblue=6a5acd slategray=708090 slategrey=708090 snow=fffafa
springgreen=00ff7f steelblue=4682b4 tan=d2b48c teal=008080 thistle=d8bfd8 tomato=ff6347 turquoise=40e0d0
violet=ee82ee wheat=f5deb3 white=ffffff whitesmoke=f5f5f5 yellow=ffff00 yellowgreen=9acd32
""",
    )
)
"""The colours that have a name in CSS."""

_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|deg|grad|rad|turn)?|none", re.IGNORECASE)
_FUNCTION = re.compile(r"(rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*([^()]*?)\s*\)", re.IGNORECASE)
_COLOUR = re.compile(rf"#[0-9a-f]+|{_FUNCTION.pattern}|[a-z]+(?![\w(-])", re.IGNORECASE)
_GRADIENT = re.compile(r"\s*(?:repeating-)?(?:linear|radial|conic)-gradient\(", re.IGNORECASE)
_COMPUTED = re.compile(r"(?:var|color|color-mix|light-dark|device-cmyk)\(.*\)|currentcolor", re.IGNORECASE | re.DOTALL)
_TURNS = {"deg": 1 / 360, "grad": 1 / 400, "rad": 1 / (2 * math.pi), "turn": 1.0}


def read_colour(text: str) -> tuple[float, float] | None:
    """Return the luminance and the opacity of a colour of CSS, both from 0 to 1; None for what is no colour."""
    text = text.strip().lower()
    if text == "transparent":
        return 0, 0
    if text in NAMES:
        text = f"#{NAMES[text]}"
    if re.fullmatch(r"#([0-9a-f]{3,4}|([0-9a-f]{2}){3,4})", text):
        digits = text[1:] if len(text) > 5 else "".join(2 * digit for digit in text[1:])
        red, green, blue, *opacity = (int(digits[place : place + 2], 16) / 255 for place in range(0, len(digits), 2))
        return _light_of_rgb(red, green, blue), opacity[0] if opacity else 1
    if not (match := _FUNCTION.fullmatch(text)):
        return None
    parts = [_NUMBER.fullmatch(part) for part in re.split(r"[\s,/]+", match[2])]
    if len(parts) not in (3, 4) or None in parts:
        return None
    numbers = [(float(part[1] or 0), (part[2] or "").lower()) for part in parts if part]
    alpha = _share(numbers[3], 1) if len(numbers) == 4 else 1
    return _SPACES[match[1].removesuffix("a") if match[1] in ("rgba", "hsla") else match[1]](numbers), _limit(alpha)


def _limit(value: float) -> float:
    return min(max(value, 0), 1)


def _share(number: tuple[float, str], whole: float) -> float:
    """Return a number that may be a percentage, as a share of the whole."""
    value, unit = number
    return value / 100 if unit == "%" else value / whole


def _turns(number: tuple[float, str]) -> float:
    value, unit = number
    return value * _TURNS[unit or "deg"] if unit != "%" else value / 100


def _light_of_rgb(red: float, green: float, blue: float) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in map(_limit, (red, green, blue))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _light_of_rgb_function(numbers: Sequence[tuple[float, str]]) -> float:
    red, green, blue = (_share(number, 255) for number in numbers[:3])
    return _light_of_rgb(red, green, blue)


def _light_of_hsl(numbers: Sequence[tuple[float, str]]) -> float:
    hue, saturation, lightness = _turns(numbers[0]), _share(numbers[1], 100), _share(numbers[2], 100)
    return _light_of_rgb(*colorsys.hls_to_rgb(hue % 1, _limit(lightness), _limit(saturation)))


def _light_of_hwb(numbers: Sequence[tuple[float, str]]) -> float:
    hue, white, black = _turns(numbers[0]), _share(numbers[1], 100), _share(numbers[2], 100)
    if white + black >= 1:
        return _light_of_rgb(*[white / (white + black)] * 3)
    red, green, blue = (part * (1 - white - black) + white for part in colorsys.hsv_to_rgb(hue % 1, 1, 1))
    return _light_of_rgb(red, green, blue)


def _light_of_lab(numbers: Sequence[tuple[float, str]]) -> float:
    """Return the light of ``lab`` and ``lch``, which their first number says alone."""
    lightness = _share(numbers[0], 100) * 100
    return _limit(((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3)


def _light_of_oklab(numbers: Sequence[tuple[float, str]]) -> float:
    lightness, a, b = (
        _share(numbers[0], 1),
        *(_share(number, 1) * (0.4 if number[1] == "%" else 1) for number in numbers[1:3]),
    )
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return 0.2126 * _limit(red) + 0.7152 * _limit(green) + 0.0722 * _limit(blue)


def _light_of_oklch(numbers: Sequence[tuple[float, str]]) -> float:
    chroma = _share(numbers[1], 1) * (0.4 if numbers[1][1] == "%" else 1)
    angle = _turns(numbers[2]) * 2 * math.pi
    return _light_of_oklab([numbers[0], (chroma * math.cos(angle), ""), (chroma * math.sin(angle), "")])


_SPACES: dict[str, Callable[[Sequence[tuple[float, str]]], float]] = {
    "rgb": _light_of_rgb_function,
    "hsl": _light_of_hsl,
    "hwb": _light_of_hwb,
    "lab": _light_of_lab,
    "lch": _light_of_lab,
    "oklab": _light_of_oklab,
    "oklch": _light_of_oklch,
}


def is_colour(text: str) -> bool:
    """Tell whether a browser takes a text for a colour, one that it computes itself included."""
    return read_colour(text) is not None or bool(_COMPUTED.fullmatch(text.strip()))


def is_gradient(text: str) -> bool:
    """Tell whether a text is a gradient of CSS in which every bracket is closed."""
    return bool(_GRADIENT.match(text)) and text.count("(") == text.count(")") and not set(text) & set(";{}")


def ground_of_colours(colours: Sequence[tuple[float, float]]) -> str:
    """Return what words need on a ground of some colours: see ``ground_of``."""
    if not colours or any(opacity < OPAQUE for _light, opacity in colours):
        return "picture"
    lights = [light for light, _opacity in colours]
    if max(lights) <= LIGHTEST_OF_DARK:
        return "dark"
    if min(lights) >= DARKEST_OF_LIGHT:
        return "light"
    if max(lights) <= EVEN:
        return "dark plain"
    return "light plain" if min(lights) >= EVEN else "picture"


def ground_of(reveal: Mapping[str, str], chosen: str = "") -> str:
    """Return what words need on the background that reveal's attributes give a slide; empty where they give none.

    ``dark`` and ``light`` are grounds for our colours of either scheme, with ``plain`` for white or black alone;
    on a ``picture``, and on what cannot be known, words have a ground of their own.

    :param chosen: what the author says of it, ``dark`` or ``light``
    """
    given = {
        name: reveal.get(f"data-background{name}", "")
        for name in ("", "-color", "-gradient", "-image", "-video", "-iframe")
    }
    if not any(given.values()):
        return ""
    if chosen:
        return chosen
    if given["-image"] or given["-video"] or given["-iframe"]:
        return "picture"
    gradient = given["-gradient"] or (given[""] if is_gradient(given[""]) else "")
    if gradient:
        texts = [match[0] for match in _COLOUR.finditer(gradient)]
        found = [colour for text in texts if (colour := read_colour(text))]
        return "picture" if _COMPUTED.search(gradient) else ground_of_colours(found)
    colour = read_colour(given["-color"] or given[""])
    return ground_of_colours([colour]) if colour else "picture"


def write_ground(reveal: Mapping[str, str], ground: str) -> str:
    """Return the style of a slide with a background: what paper shows, where reveal draws none, and labels' halo.

    :param ground: what words need on it; on a ``picture`` they have a ground of their own
    """
    given = {name: reveal.get(f"data-background-{name}", "") for name in ("position", "size", "repeat", "opacity")}
    position, size, repeat = (
        given[name] if re.fullmatch(r"[\w\s.%-]+", given[name]) else usual
        for name, usual in (("position", "center"), ("size", "cover"), ("repeat", "no-repeat"))
    )
    shorthand, color = reveal.get("data-background", ""), reveal.get("data-background-color", "")
    gradient, image = reveal.get("data-background-gradient", ""), reveal.get("data-background-image", "")
    if is_gradient(shorthand):
        gradient = gradient or shorthand
    elif is_colour(shorthand):
        color = color or shorthand
    else:
        image = image or shorthand
    layers = []
    if image or gradient:
        if re.fullmatch(r"0?\.\d+|0", given["opacity"]):
            veil = f"color-mix(in srgb, var(--pd-paper) {100 - 100 * float(given['opacity']):g}%, transparent)"
            layers.append(f"linear-gradient({veil} 0 0)")
        address = re.sub(r'["\\\s]', lambda found: f"%{ord(found[0]):02X}", image)
        layers.append(f'url("{address}") {position} / {size} {repeat}' if image else gradient)
    style = f"background: {', '.join([*layers, color or 'var(--pd-paper)'])}"
    covered = layers or reveal.get("data-background-video") or reveal.get("data-background-iframe")
    return style if covered or not color or ground == "picture" else f"{style}; --ground: {color}"
