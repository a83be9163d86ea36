"""Numbers, units and chemical formulas as siunitx and mhchem read them, in plain TeX: what papers use of them."""

from __future__ import annotations

import re

PREFIXES = {
    "femto": "f", "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "hecto": "h",
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "kibi": "Ki", "mebi": "Mi",
    "gibi": "Gi", "tebi": "Ti",
}  # fmt: skip
UNITS = {
    "metre": "m", "meter": "m", "gram": "g", "second": "s", "ampere": "A", "kelvin": "K", "mole": "mol",
    "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W", "coulomb": "C",
    "volt": "V", "farad": "F", "ohm": "Ω", "tesla": "T", "litre": "L", "liter": "L", "minute": "min", "hour": "h",
    "day": "d", "byte": "B", "bit": "bit", "percent": "\\%", "degree": "°", "celsius": "°C", "degreeCelsius": "°C",
    "electronvolt": "eV", "tonne": "t", "decibel": "dB",
    "kg": "kg", "km": "km", "cm": "cm", "mm": "mm", "nm": "nm", "um": "µm", "ms": "ms", "us": "µs", "ns": "ns",
    "GHz": "GHz", "MHz": "MHz", "kHz": "kHz", "kWh": "kWh", "GB": "GB", "MB": "MB",
}  # fmt: skip
POWERS = {"square": "2", "squared": "2", "cubic": "3", "cubed": "3"}
ARROWS = {"->": r"\rightarrow", "<-": r"\leftarrow", "<->": r"\leftrightarrow", "<=>": r"\rightleftharpoons"}

_NUMBER = re.compile(r"\s*([-+−]?)\s*([\d\s,]*(?:\.\d+)?)\s*(?:[eEdD]\s*([-+−]?\d+))?\s*")
_UNIT = re.compile(r"\\([A-Za-z]+)|\^\s*\{?(-?\d+)\}?|([A-Za-zµΩ°%]+)|([./~*\s]+)")
_FORMULA = re.compile(
    r"(?P<arrow><=>|<->|->|<-)|(?P<charge>\^\{?[0-9]*[+-]\}?|(?<=[A-Za-z0-9)\]])[+-](?![A-Za-z0-9(]))"
    r"|(?P<index>(?<=[A-Za-z)\]])_?\{?\d+\}?)|(?P<element>[A-Za-z]+)|(?P<number>\d+)|(?P<other>[()\[\]+=\-,. ])"
)


def write_number(written: str) -> str:
    """Return a number with its digits in threes and its power of ten; as it stands where it is none."""
    found = _NUMBER.fullmatch(written)
    if not found or not (found[2].strip() or found[3]):
        return written
    whole, point, decimals = re.sub(r"[\s,]", "", found[2]).partition(".")
    sign = "-" if found[1] in ("-", "−") else found[1]
    if len(whole) > 4:
        whole = r"\,".join(re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole))
    power = f"10^{{{int(found[3].replace('−', '-'))}}}" if found[3] else ""
    digits = sign + whole + point + decimals
    return "{" + (rf"{digits} \times {power}" if power and whole + decimals else digits + power) + "}"


def write_unit(written: str) -> str:
    r"""Return a unit upright; what follows ``\per`` has a negative power."""
    parts: list[tuple[str, int]] = []
    prefix, power, per = "", 1, False
    for name, exponent, letters, between in _UNIT.findall(written):
        if name == "per" or "/" in between:
            per = True
        elif name in PREFIXES:
            prefix = PREFIXES[name]
        elif name in ("square", "cubic"):
            power = int(POWERS[name])
        elif (name in POWERS or exponent) and parts:
            unit, before = parts[-1]
            parts[-1] = (unit, before * int(exponent or POWERS[name]))
        elif name or letters:
            parts.append((prefix + UNITS.get(name, name or letters), -power if per else power))
            prefix, power, per = "", 1, False
    return r"\,".join(_write_power(unit, power) for unit, power in parts)


def write_quantity(number: str, unit: str) -> str:
    """Return a number and its unit."""
    return rf"{write_number(number)}\,{write_unit(unit)}"


def write_formula(written: str) -> str:
    """Return a chemical formula: elements upright, counts below, charges above."""
    parts = []
    for found in _FORMULA.finditer(written):
        text = found[0]
        match found.lastgroup:
            case "arrow":
                parts.append(f" {ARROWS[text]} ")
            case "charge":
                parts.append(f"^{{{text.strip('^{}')}}}")
            case "index":
                parts.append(f"_{{{text.strip('_{}')}}}")
            case "element":
                parts.append(rf"\mathrm{{{text}}}")
            case _:
                parts.append(rf"\, {text} \," if text in "+=" else text)
    return "{" + "".join(parts) + "}"


def _write_power(unit: str, power: int) -> str:
    text = unit if unit == r"\%" else rf"\mathrm{{{unit}}}"
    return text if power == 1 else f"{text}^{{{power}}}"
