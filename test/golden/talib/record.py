"""Makes vectors.json.gz: what TA-Lib's C library answers. See README.md for how to build the library.

    python3 record.py LIBTA.so TA_FUNC.h > vectors.json.gz
"""
import ctypes, gzip, json, random, re, sys

library = ctypes.CDLL(sys.argv[1])
library.TA_Initialize()
header = open(sys.argv[2]).read()
prototypes = {
    name: re.sub(r"/\*.*?\*/", "", text)
    for name, text in re.findall(r"TA_RetCode TA_(?!S_)(\w+)\(\s*int\s+startIdx,(.*?)\);", header, re.S)
}
KINDS = 9

def arguments(name):
    inputs, options, outputs = [], [], []
    for each in (part.strip() for part in prototypes[name].split(",")):
        if "const double" in each:
            inputs.append(each.split("in", 1)[1].rstrip("[]").lower())
        elif "optIn" in each:
            options.append((each.split("optIn")[1].lower(), "TA_MAType" in each, each.startswith("double")))
        elif "[]" in each:
            outputs.append(each.startswith("int"))
    return inputs, options, outputs

def call(name, columns, values):
    _, options, outputs = arguments(name)
    length = len(columns[0])
    begin, count = ctypes.c_int(), ctypes.c_int()
    made = [((ctypes.c_int if whole else ctypes.c_double) * length)() for whole in outputs]
    code = getattr(library, "TA_" + name)(
        ctypes.c_int(0), ctypes.c_int(length - 1),
        *[(ctypes.c_double * length)(*column) for column in columns],
        *[ctypes.c_double(v) if real else ctypes.c_int(v) for v, (_, _, real) in zip(values, options)],
        ctypes.byref(begin), ctypes.byref(count), *made)
    assert code == 0, (name, values, code)
    return begin.value, [list(column)[: count.value] for column in made]

def bars(length, grid, seed, gaps):
    """A market on a price grid; every fourth stretch of it stands still. With gaps: bodies and shadows of all kinds."""
    chance = random.Random(seed)
    on = (lambda price: round(price / grid) * grid) if grid else (lambda price: price)
    price, drift, columns = 100.0, 0.0, {name: [] for name in ("open", "high", "low", "close", "volume")}
    for i in range(length):
        if chance.random() < 0.15: drift = (chance.random() - 0.5) * 1.6
        still = grid > 0 and not gaps and i // 17 % 4 == 2
        leap = (2.5 if gaps and chance.random() < 0.3 else 0.3) * (chance.random() - 0.5)
        opened = on(price if still else price + leap)
        kind = chance.random()
        body = 0 if kind < 0.15 else (chance.random() - 0.5) * (0.3 if kind < 0.4 else 3 if kind < 0.7 else 1.2) + drift
        closed = on(opened if still else opened + body)
        shadow = lambda: 0 if still or chance.random() < 0.4 else chance.random() * (3 if chance.random() < 0.3 else 0.5)
        columns["open"].append(opened)
        columns["close"].append(closed)
        columns["high"].append(max(opened, closed, on(max(opened, closed) + shadow())))
        columns["low"].append(min(opened, closed, on(min(opened, closed) - shadow())))
        columns["volume"].append(0 if still else round(chance.random() * 1000) + 1)
        price = closed if 60 < closed < 140 else 100.0
    return columns

# Rare patterns as open, high, low, close around the price before; each is planted upside down as well
PLANTED = [
    [(0, 0.1, -2.1, -2), (-3, -2.9, -3.2, -3), (-2.5, -0.7, -2.6, -0.8)],
    [(0, 0.1, -2.1, -2), (-2.5, -2.4, -3.6, -3.5), (-3.4, -3.2, -4.1, -3.9), (-3.8, -3.4, -4.6, -4.4), (-4.3, -2.1, -4.4, -2.2)],
    [(0, 0, -2, -2), (-2.2, -2.2, -4, -4), (-4.3, -3.5, -5, -5), (-3.4, -3.3, -5.6, -5.5)],
    [(0, 2.1, -0.1, 2), (2.6, 2.7, 2.3, 2.4), (2.2, 2.3, 1.8, 1.9), (2, 2.1, 1.6, 1.7), (1.9, 3.2, 1.8, 3.1)],
    [(0, 2.1, -0.1, 2), (1.9, 1.95, 1.6, 1.7), (1.7, 1.75, 1.4, 1.5), (1.5, 1.55, 1.2, 1.3), (1.5, 3.2, 1.4, 3.1)],
    [(0, 2.1, -0.1, 2), (2.6, 2.7, 2.3, 2.4), (2.7, 2.8, 2.1, 2.2)],
    [(0, 2.1, -0.1, 2), (2.9, 3, 2.4, 2.5), (2.7, 2.8, 0.9, 1)],
    [(0, 0.1, -5, -2), (-1, -0.9, -4, -1.8), (-2, -2, -2.3, -2.3)],
    [(0, 0.1, -1.1, -1), (-0.5, -0.4, -1.6, -1.5), (-1, -0.9, -2.1, -2), (-2, -1, -2.6, -2.5), (-1.8, -0.4, -1.9, -0.5)],
    [(0, 0, -2, -2), (1, 3.2, 1, 3.2)],
    [(0, 0, -3, -3), (1, 2.5, 1, 2.5)],
]

def plant(columns, pattern, sign):
    for quiet in range(15):
        move = 0.5 if quiet % 2 else -0.5
        append(columns, [(0, max(0, move) + 0.25, min(0, move) - 0.25, move)])
    append(columns, [(o * sign, (h if sign > 0 else -l), (l if sign > 0 else -h), c * sign) for o, h, l, c in pattern])

def append(columns, candles):
    base = columns["close"][-1]
    for candle in candles:
        for name, offset in zip(("open", "high", "low", "close"), candle): columns[name].append(base + offset)
        columns["volume"].append(100)

def short(value): return float(f"{value:.13g}")

SERIES = {"market": bars(140, 0, 1, False), "ticks": bars(140, 0.05, 2, False), "candles": bars(3000, 0.05, 3, True)}
for pattern in PLANTED:
    for sign in (1, -1): plant(SERIES["candles"], pattern, sign)
SERIES = {name: {key: [short(value) for value in column] for key, column in data.items()} for name, data in SERIES.items()}
SOURCES = {"real": "close", "real0": "high", "real1": "low"}
DEFAULTS = json.load(open(__file__.replace("record.py", "defaults.json")))
# Their phases are noise where prices stand still: the last digit of a sine decides
ONLY_MOVING = {"HT_DCPHASE", "HT_SINE"}

def columns_of(name, series):
    data = SERIES[series]
    inputs = arguments(name)[0]
    named = [SOURCES.get(each, each) for each in inputs]
    if name == "MAVP": return [data["close"], [volume % 40 for volume in data["volume"]]]
    if name in ("ACOS", "ASIN"): return [[price % 1 for price in data["close"]]]
    return [data[each] for each in named]

def variation(name, chance):
    values = {}
    for (word, kind, real), standard in zip(arguments(name)[1], DEFAULTS[name]):
        if kind: values[word] = chance.randrange(KINDS)
        elif not real: values[word] = max(2, standard + chance.randrange(-4, 9))
        elif word == "startvalue": values[word] = chance.choice([0, 100, -100])
        else: values[word] = round(min(0.99 if "limit" in word else 9, max(0.01, standard * (0.5 + chance.random()))), 3)
    if "minperiod" in values: values["minperiod"], values["maxperiod"] = sorted((values["minperiod"], values["maxperiod"]))
    return values

def case(name, series, words):
    options = arguments(name)[1]
    values = [words.get(word, standard) for (word, _, _), standard in zip(options, DEFAULTS[name])]
    begin, outputs = call(name, columns_of(name, series), values)
    if name.startswith("CDL"):
        outputs = [[[i, value] for i, value in enumerate(outputs[0]) if value != 0]]
    else:
        outputs = [[short(v) if v == v and abs(v) != float("inf") else None for v in column] for column in outputs]
    return {"name": name, "series": series, "params": words, "begin": begin, "outputs": outputs}

chance = random.Random(4)
cases = []
for name in sorted(DEFAULTS):
    kinds = ["candles"] if name.startswith("CDL") else ["market"] if name in ONLY_MOVING else ["market", "ticks"]
    for series in kinds:
        cases.append(case(name, series, {}))
        if DEFAULTS[name]: cases.append(case(name, series, variation(name, chance)))
document = {"series": SERIES, "cases": cases}
sys.stdout.buffer.write(gzip.compress(json.dumps(document, separators=(",", ":")).encode(), 9, mtime=0))
