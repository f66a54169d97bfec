// Long because it is the whole API in one module, made by a program.
// What `import … from 'tickwright'` offers. Made by scripts/make-api.mjs from core/engine/api.ts; do not edit.

/** What fills a gap; a price of null (or upstream's 0) repeats the last close. */
interface FillValues {
    readonly price?: number | null;
    readonly volume?: number;
    readonly openInterest?: number;
}

/** Every filter that is told by values alone; names in brackets are upstream's. */
export type NamedFilter = 
/** Only bars inside the session (SessionFilter, SessionFilterSimple). */
{
    readonly kind: 'session';
}
/** Adds the bars that are missing inside sessions (SessionFiller). */
 | ({
    readonly kind: 'session-filler';
    readonly skipFirstFill?: boolean;
} & FillValues)
/** Adds missing bars like the feed wrapper does: between bars, session by session (DataFiller). */
 | ({
    readonly kind: 'data-filler';
} & FillValues)
/** Adds a bar for each calendar day without one; price −1: the middle of the last bar (CalendarDays). */
 | ({
    readonly kind: 'calendar-days';
} & FillValues)
/** Each bar twice: first its open alone, then whole (BarReplayer_Open, DayStepsFilter). */
 | {
    readonly kind: 'day-steps';
}
/** Each bar in two: open, high and low, then the close with this share of the volume (DaySplitter_Close). */
 | {
    readonly kind: 'day-splitter';
    readonly closeVolume?: number;
} | {
    readonly kind: 'heikin-ashi';
}
/** At most one brick a bar (Renko); the `renko` interval builds every brick. */
 | ({
    readonly kind: 'renko';
} & RenkoParams);

/** Upstream's names and defaults. */
interface RenkoParams {
    /** Bricks by high and low instead of the close. */
    readonly hilo?: boolean;
    /** Height of a brick; null: the first open divided by `autosize`. */
    readonly size?: number | null;
    readonly autosize?: number;
    /** Without `size`: a new height at each brick. */
    readonly dynamic?: boolean;
    /** The first open is rounded to a multiple of it. */
    readonly align?: number;
    /** Without effect, as upstream. */
    readonly roundstart?: boolean;
}

/**
 * A column of the bars, or `line`: any series, the closes unless the caller names another. `localTime` is when a bar
 * opened on the clock of its exchange, written as if that were UTC, in milliseconds: days and sessions are whole there.
 */
type IndicatorInput = 'open' | 'high' | 'low' | 'close' | 'volume' | 'localTime' | 'line';

type ParamValue = number | string | boolean;

type IndicatorParams = Readonly<Record<string, ParamValue>>;

/** One declared parameter: its default and what the form and the optimiser may try. */
export interface ParamSpec<Value> {
    /** What the form shows: number field, switch, list, text. */
    readonly kind: ParamKind;
    /** Value without the user’s choice. */
    readonly default: Value;
    /** Smallest value; null: none. */
    readonly min: number | null;
    /** Largest value; null: none. */
    readonly max: number | null;
    /** What the optimiser counts in; null: none. */
    readonly step: number | null;
    /** Texts to choose from. */
    readonly choices: readonly string[];
    /** Heading in the form. */
    readonly group: string;
    /** Sentence beside the field. */
    readonly help: string;
}

/** What a line can be combined with: another line of the same bars, or a number. */
type Operand = Line | number;

/**
 * One series of numbers, seen from *now*. Nothing public reaches beyond the cursor, so a strategy cannot look ahead
 * engine, charts and reports take the whole column through `columnOf`.
 */
export declare class Line {
    /** E.g. `close` or `sma(30)`; for messages. */
    readonly name: string;
    /** Bars before its first defined value; the engine waits for the longest of a strategy's lines. */
    readonly warmup: number;
    /**
     * The value `ago` bars ago, 0 = now. NaN where it is undefined (warm-up, gaps) and before the first bar has come.
     * Throws `strategy.look-ahead` {series, ago, message} for a negative or fractional `ago`, `strategy.history` (the same
     * and bars) beyond the first bar.
     */
    at(ago?: number): number;
    /** The value now; NaN where undefined. */
    get now(): number;
    /** The value one bar earlier; NaN where undefined, also on the first bar. */
    get before(): number;
    plus(other: Operand): Line;
    minus(other: Operand): Line;
    times(other: Operand): Line;
    /** This divided by other; NaN where other is 0. */
    over(other: Operand): Line;
    negated(): Line;
    absolute(): Line;
    /** This to the power of other. */
    power(other: Operand): Line;
    /** The largest whole number not above this: `a.over(b).floored()` is Python's a // b. */
    floored(): Line;
    /** This line as it was `bars` ≥ 1 bars earlier. */
    ago(bars: number): Line;
    /** 1 where this > other, else 0; NaN where one is undefined. So do the next three. */
    above(other: Operand): Line;
    below(other: Operand): Line;
    atLeast(other: Operand): Line;
    atMost(other: Operand): Line;
    /** 1 where both are equal, else 0; NaN where one is undefined. */
    equalTo(other: Operand): Line;
    /** 1 where they differ, else 0; NaN where one is undefined. */
    unequalTo(other: Operand): Line;
    /** 1 where neither is 0, else 0: `i.close.above(a).and(i.volume.above(b))`. */
    and(other: Operand): Line;
    /** 1 where one of them is not 0, else 0. */
    or(other: Operand): Line;
    /** 1 where this is 0, else 0. */
    not(): Line;
}

/** The lines of an instrument's bars; a graph and a strategy's Instrument both fit. */
export interface BarLines {
    readonly open: Line;
    readonly high: Line;
    readonly low: Line;
    readonly close: Line;
    readonly volume: Line;
}

/** The moving averages that other indicators can be built on (backtrader's `movav`). */
declare const averageKinds: readonly ["sma", "ema", "smma", "wma"];

type AverageKind = (typeof averageKinds)[number];

/** The larger of high and previous close. */
export declare function trueHigh(bars: BarLines): Line;

/** The smaller of low and previous close. */
export declare function trueLow(bars: BarLines): Line;

export interface PivotOptions {
    /** Adds the open, or the close once more, to the pivot. */
    readonly open?: boolean;
    readonly close?: boolean;
}

/** Classic pivot levels of each bar. */
export declare function pivot(bars: BarLines, options?: PivotOptions): {
    readonly p: Line;
    readonly s1: Line;
    readonly s2: Line;
    readonly r1: Line;
    readonly r2: Line;
};

export interface FibonacciOptions extends PivotOptions {
    readonly level1?: number;
    readonly level2?: number;
    readonly level3?: number;
}

export type FibonacciLevels = {
    readonly p: Line;
    readonly s1: Line;
    readonly s2: Line;
    readonly s3: Line;
    readonly r1: Line;
    readonly r2: Line;
    readonly r3: Line;
};

/** Fibonacci pivot levels of each bar. */
export declare function fibonacciPivot(bars: BarLines, options?: FibonacciOptions): FibonacciLevels;

/** DeMark's pivot levels of each bar; rule `backtrader` exchanges two of its cases as upstream does. */
export declare function demarkPivot(bars: BarLines, rule?: 'demark' | 'backtrader'): {
    readonly p: Line;
    readonly s1: Line;
    readonly r1: Line;
};

export interface FractalOptions {
    readonly period?: number;
    /** Bars after the turn. */
    readonly after?: number;
    readonly distance?: number;
}

/** Turns of highs and lows, defined on the bars on which they become known. */
export declare function fractal(bars: BarLines, options?: FractalOptions): {
    readonly bearish: Line;
    readonly bullish: Line;
};

/** Heikin-Ashi candles. */
export declare function heikinAshi(bars: BarLines): {
    readonly open: Line;
    readonly high: Line;
    readonly low: Line;
    readonly close: Line;
};

/** Body of the Heikin-Ashi candles and its average. */
export declare function heikinAshiDelta(bars: BarLines, period?: number, average?: AverageKind): {
    readonly delta: Line;
    readonly smoothed: Line;
};

/** `a` where the condition is not 0, else `b` (backtrader's If). */
export declare function when(condition: Line, a: Operand, b: Operand): Line;

/** 1 where every operand is not 0, else 0 (And, All). */
export declare function and(first: Line, ...rest: readonly Operand[]): Line;

/** 1 where some operand is not 0, else 0 (Or, Any). */
export declare function or(first: Line, ...rest: readonly Operand[]): Line;

/** 1 where the line is 0, else 0. */
export declare function not(line: Line): Line;

/** 1 where both are equal, else 0. */
export declare function equal(a: Line, b: Operand): Line;

/** The largest operand (Max). */
export declare function greatest(first: Line, ...rest: readonly Operand[]): Line;

/** The smallest operand (Min). */
export declare function least(first: Line, ...rest: readonly Operand[]): Line;

/** The sum of the operands (Sum). */
export declare function total(first: Line, ...rest: readonly Operand[]): Line;

/** Combines the operands from the left, two at a time (Reduce): `reduce((a, b) => a.times(b), x, y, 2)`. */
export declare function reduce(combine: (left: Line, right: Operand) => Line, first: Line, ...rest: readonly Operand[]): Line;

/** −1 where a < b, 0 where they are equal, 1 where a > b (Cmp). */
export declare function compare(a: Line, b: Operand): Line;

export interface ComparedValues {
    readonly below: Operand;
    readonly equal: Operand;
    readonly above: Operand;
}

/** The value named for the way `a` compares with `b` (CmpEx; upstream answers −1, 0, 1 bar by bar, X-07). */
export declare function compareTo(a: Line, b: Operand, values: ComparedValues): Line;

/** a / b; `zero` where b is 0, undefined unless given (DivByZero). */
export declare function ratio(a: Line, b: Line, zero?: Operand): Line;

/** a / b; where b is 0: `both` if a is 0 too, else `single`, undefined unless given (DivZeroByZero). */
export declare function ratioOrZero(a: Line, b: Line, single?: Operand, both?: Operand): Line;

/** a to the power of b. */
export declare function power(a: Line, b: Operand): Line;

/** The largest whole number not above the line. */
export declare function floor(line: Line): Line;

/** The smallest whole number not below the line (backtrader2's Ceiling). */
export declare function ceiling(line: Line): Line;

/** The logarithm of the line to base 10, undefined where it is not above 0 (backtrader2's Log). */
export declare function logarithm(line: Line): Line;

/** TA-Lib's average types, in the order of its numbers: 0 is a simple average. */
declare const talibAverageKinds: readonly ["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"];

type TalibAverageKind = (typeof talibAverageKinds)[number];

/**
 * Any indicator of the catalogue by its id or by a name that backtrader, TA-Lib or qtpylib has for it, with the
 * parameters of the catalogue or of that system: `study('keltner', i, { period: 20 }).upper`, `study('talib:CCI', i)`.
 * `lines` are what it reads where it takes any series, the closes unless given. Throws `indicator.unknown`,
 * `indicator.ambiguous`, `param.unknown`, `param.invalid`, `indicator.input`, and
 * `indicator.output` {indicator, output, known} for an output that it does not have.
 */
export declare function study(name: string, bars: BarLines, params?: IndicatorParams, ...lines: Operand[]): {
    readonly [output: string]: Line;
};

/** A number with limits, instead of a plain default. */
interface OwnNumber {
    readonly default: number;
    readonly min?: number;
    readonly max?: number;
    readonly step?: number;
    /** Whole numbers only. */
    readonly whole?: boolean;
}

/** One value, or one for each output in their order; NaN where there is none. */
type OwnValues = number | readonly number[];

/** The parameters of an own indicator as its functions get them. */
type OwnParams<Params> = {
    readonly [Name in keyof Params]: Params[Name] extends OwnNumber ? number : Params[Name] extends number ? number : Params[Name] extends boolean ? boolean : string;
};

/** What an indicator of your own is made of; give `perBar` or `overBars`. */
interface OwnIndicatorSpec<Params, Output extends string> {
    /** Shown in messages and on charts. */
    readonly name: string;
    /** What it reads: columns of the bars, or `line` for any series; `['line']` unless told, the closes. */
    readonly inputs?: readonly IndicatorInput[];
    /** Names with defaults: numbers, flags, texts, or numbers with limits. */
    readonly params?: Params;
    /** Names with warm-ups: bars before the first value, as a number or as a function of the parameters. */
    readonly outputs: {
        readonly [Name in Output]: number | ((params: OwnParams<Params>) => number);
    };
    readonly pane?: 'price' | 'own';
    /** Called once for each line; the function it returns is called for each bar with its inputs and keeps its state. */
    readonly perBar?: (params: OwnParams<Params>) => (...inputs: number[]) => OwnValues;
    /**
     * The same with whole columns: the function gets them, filled up to bar `i`, and `i`. Whatever lies beyond is NaN, so
     * that nothing can look ahead. Take the columns from the argument in every call: they grow with live bars.
     */
    readonly overBars?: (params: OwnParams<Params>) => (columns: readonly Float64Array[], i: number) => OwnValues;
}

/** An indicator of your own: called with bars, and lines where it reads any series, it gives its lines by name. */
type OwnIndicator<Params, Output extends string> = (bars: BarLines, params?: {
    readonly [Name in keyof Params]?: OwnParams<Params>[Name];
}, ...lines: Operand[]) => {
    readonly [Name in Output]: Line;
};

/**
 * Makes an indicator of your own. It is computed over history and bar by bar live with the same function, so both agree;
 * each set of parameters has a state of its own. Throws `param.invalid` where its own values break its limits.
 */
export declare function ownIndicator<const Output extends string, Params extends Readonly<Record<string, number | boolean | string | OwnNumber>> = Record<never, never>>(spec: OwnIndicatorSpec<Params, Output>): OwnIndicator<Params, Output>;

/** Bars since the highest of the last `period` values, 0 = now; of equal ones the newest counts unless told. */
export declare function barsSinceHighest(source: Line, period: number, among?: 'newest' | 'oldest'): Line;

/** Bars since the lowest of the last `period` values, 0 = now; of equal ones the newest counts unless told. */
export declare function barsSinceLowest(source: Line, period: number, among?: 'newest' | 'oldest'): Line;

/** Running sum from `seed`. */
export declare function accumulation(source: Line, seed?: number): Line;

/** 1 where one of the last `period` values is not 0, else 0. */
export declare function anyTrue(source: Line, period: number): Line;

/** 1 where each of the last `period` values is not 0, else 0. */
export declare function allTrue(source: Line, period: number): Line;

/** By how much x rose over `period` bars, 0 when it fell. */
export declare function upDay(source: Line, period?: number): Line;

/** By how much x fell over `period` bars, 0 when it rose. */
export declare function downDay(source: Line, period?: number): Line;

/** 1 where x rose over `period` bars, else 0. */
export declare function isUpDay(source: Line, period?: number): Line;

/** 1 where x fell over `period` bars, else 0. */
export declare function isDownDay(source: Line, period?: number): Line;

/** x `period` bars ago less x. */
export declare function downMove(source: Line, period?: number): Line;

/** 100 · x / x `period` bars ago. */
export declare function momentumOscillator(source: Line, period?: number): Line;

/** x / x `period` bars ago − 1: 0.01 = 1 %. */
export declare function percentChange(source: Line, period?: number): Line;

/** Share of the last `period` values that are below this one, 0 … 1. */
export declare function percentRank(source: Line, period?: number): Line;

/** Hurst exponent of the last `period` ≥ 8 values: about 0.5 for a random walk. */
export declare function hurst(source: Line, period?: number): Line;

/** Least squares a = intercept + slope · b over the last `period` ≥ 3 bars. */
export declare function regression(a: Line, b: Operand, period?: number): {
    readonly slope: Line;
    readonly intercept: Line;
};

/** Spread of `a` over its regression on `b`, with mean, deviation and z-score over `period` bars. */
export declare function pairSpread(a: Line, b: Operand, period?: number, fit?: number): {
    readonly spread: Line;
    readonly mean: Line;
    readonly deviation: Line;
    readonly zScore: Line;
};

/**
 * Engle–Granger test over `period` bars: `score`, the Dickey–Fuller t statistic of the residuals of `a` on `b`, and
 * `pvalue`; below 0.05 the two hold together. `trend` is in the regression: `c` constant, `ct` with a slope, `ctt` with a
 * square too, `n` none.
 */
export declare function cointegration(a: Line, b: Operand, period?: number, trend?: 'c' | 'ct' | 'ctt' | 'n'): {
    readonly score: Line;
    readonly pvalue: Line;
};

/**
 * What your own function answers for the last `period` values, oldest first (backtrader's ApplyN, ReduceN). The array is
 * reused, so the function must not keep it. Throws `param.invalid` for a period that is none.
 */
export declare function applyWindow(source: Line, period: number, answer: (values: Float64Array) => number): Line;

/** Kaufman's adaptive moving average. */
export declare function kama(source: Line, period?: number, fast?: number, slow?: number): Line;

/** Ehlers' zero-lag indicator: an exponential average corrected towards the values; gain in tenths. */
export declare function zeroLag(source: Line, period?: number, gainLimit?: number): Line;

/** Dickson's moving average: the mean of zero-lag indicator and Hull moving average. */
export declare function dickson(source: Line, period?: number, hullPeriod?: number, gainLimit?: number): Line;

/** Exponential smoothing by a number or, bar by bar, by a line of weights; starts at the mean of `period` values. */
export declare function exponentialSmoothing(source: Line, period: number, alpha: number | Line): Line;

/**
 * coefficient · sum of weight · value over as many bars as there are weights, oldest first; an average unless told
 * otherwise. Throws `param.invalid` without weights or when they add up to 0 and no coefficient is given.
 */
export declare function weightedAverage(source: Line, weights: readonly number[], coefficient?: number): Line;

/** Ehlers' Laguerre filter; starts from 0. */
export declare function laguerreFilter(source: Line, gamma?: number): Line;

/** Ehlers' Laguerre RSI, 0 … 1. */
export declare function laguerreRsi(source: Line, gamma?: number): Line;

/** Bands `percent` % around any line: `envelope(sma(i.close, 30))`. */
export declare function envelope(source: Line, percent?: number): {
    readonly middle: Line;
    readonly upper: Line;
    readonly lower: Line;
};

/** Aroon up and down, 0 … 100, and their difference. */
export declare function aroon(bars: BarLines, period?: number): {
    readonly up: Line;
    readonly down: Line;
    readonly oscillator: Line;
};

/** Vortex, upward and downward. */
export declare function vortex(bars: BarLines, period?: number): {
    readonly plus: Line;
    readonly minus: Line;
};

/** Parabolic stop and reverse. */
export declare function parabolicSar(bars: BarLines, step?: number, limit?: number): Line;

export interface IchimokuOptions {
    readonly tenkan?: number;
    readonly kijun?: number;
    readonly senkou?: number;
    readonly lead?: number;
    readonly chikou?: number;
}

/** Ichimoku cloud. `chikou` is the close itself: charts draw it `chikou` bars back, a strategy never sees later closes. */
export declare function ichimoku(bars: BarLines, options?: IchimokuOptions): {
    readonly tenkan: Line;
    readonly kijun: Line;
    readonly spanA: Line;
    readonly spanB: Line;
    readonly chikou: Line;
};

/** Ultimate oscillator over three windows, 0 … 100. */
export declare function ultimate(bars: BarLines, short?: number, middle?: number, long?: number): Line;

/** Awesome oscillator of the bars' middles. */
export declare function awesome(bars: BarLines, fast?: number, slow?: number, average?: AverageKind): Line;

/** Acceleration/deceleration: the awesome oscillator less its average. */
export declare function acceleration(bars: BarLines, period?: number, average?: AverageKind): Line;

export interface TrixOptions {
    readonly rate?: number;
    readonly signal?: number;
    readonly average?: AverageKind;
}

/** Rate of change of a triple average, percent, and its signal line. */
export declare function trix(source: Line, period?: number, options?: TrixOptions): {
    readonly trix: Line;
    readonly signal: Line;
};

export interface StrengthOptions {
    readonly first?: number;
    readonly second?: number;
    readonly change?: number;
    readonly average?: AverageKind;
}

/** True strength index, −100 … 100. */
export declare function trueStrength(source: Line, options?: StrengthOptions): Line;

/** Know sure thing and its signal line; parameters as in the catalogue (`rate1` … `weight4`). */
export declare function knowSureThing(source: Line, params?: Readonly<Record<string, number | string>>): {
    readonly kst: Line;
    readonly signal: Line;
};

/** Detrended price oscillator. */
export declare function detrendedPrice(source: Line, period?: number, average?: AverageKind): Line;

/** Pretty good oscillator: distance of the close from its average in true ranges. */
export declare function prettyGood(bars: BarLines, period?: number, average?: AverageKind): Line;

/** DV2, 0 … 100. */
export declare function dv2(bars: BarLines, period?: number, smooth?: number): Line;

/** Williams' accumulation/distribution. */
export declare function williamsAd(bars: BarLines): Line;

/** Absolute price oscillator: fast average less slow average. */
export declare function priceOscillator(source: Line, fast?: number, slow?: number, average?: AverageKind): Line;

export interface PercentOscillatorOptions {
    readonly fast?: number;
    readonly slow?: number;
    readonly signal?: number;
    readonly average?: AverageKind;
    /** The average that 100 % refers to. */
    readonly base?: 'slow' | 'fast';
}

/** Percentage price oscillator, its signal line and their difference. */
export declare function percentOscillator(source: Line, options?: PercentOscillatorOptions): {
    readonly ppo: Line;
    readonly signal: Line;
    readonly histogram: Line;
};

type Period = [period?: number];

type Averaged = [period?: number, average?: TalibAverageKind];

type Pair = [fast?: number, slow?: number, average?: TalibAverageKind];

type Fast = [k?: number, d?: number, dAverage?: TalibAverageKind];

type Slow = [k?: number, slowK?: number, slowKAverage?: TalibAverageKind, d?: number, dAverage?: TalibAverageKind];

type Bands = [period?: number, up?: number, down?: number, average?: TalibAverageKind];

type Stops = [
    start?: number,
    offset?: number,
    initialLong?: number,
    stepLong?: number,
    maximumLong?: number,
    initialShort?: number,
    stepShort?: number,
    maximumShort?: number
];

type Chosen = [
    fast?: number,
    fastAverage?: TalibAverageKind,
    slow?: number,
    slowAverage?: TalibAverageKind,
    signal?: number,
    signalAverage?: TalibAverageKind
];

/** One line, or several by name. */
type Made<Names extends string> = [Names] extends [never] ? Line : {
    readonly [Name in Names]: Line;
};

type OfLine<Params extends readonly unknown[], Names extends string = never> = (source: Line, ...params: Params) => Made<Names>;

type OfBars<Params extends readonly unknown[], Names extends string = never> = (bars: BarLines, ...params: Params) => Made<Names>;

type OfPair<Params extends readonly unknown[]> = (first: Line, second: Operand, ...params: Params) => Line;

/**
 * TA-Lib's 161 functions by its names, parameters in its order, numbers and defaults TA-Lib's: `talib.RSI(i.close, 14)`,
 * `talib.BBANDS(i.close, 20, 2, 2).upper`, `talib.CDLENGULFING(i)`.
 */
export declare const talib: {
    readonly ACCBANDS: OfBars<Period, "middle" | "upper" | "lower">;
    readonly BBANDS: OfLine<Bands, "middle" | "upper" | "lower">;
    readonly DEMA: OfLine<Period, never>;
    readonly EMA: OfLine<Period, never>;
    readonly HT_TRENDLINE: OfLine<[], never>;
    readonly KAMA: OfLine<Period, never>;
    readonly MA: OfLine<Averaged, never>;
    readonly MAMA: OfLine<[fast?: number, slow?: number], "mama" | "fama">;
    readonly MAVP: OfPair<[shortest?: number, longest?: number, average?: "sma" | "ema" | "wma" | "dema" | "tema" | "kama" | "mama" | "trima" | "t3"]>;
    readonly MIDPOINT: OfLine<Period, never>;
    readonly MIDPRICE: OfBars<Period, never>;
    readonly SAR: OfBars<[acceleration?: number, maximum?: number], never>;
    readonly SAREXT: OfBars<Stops, never>;
    readonly SMA: OfLine<Period, never>;
    readonly T3: OfLine<[period?: number, factor?: number], never>;
    readonly TEMA: OfLine<Period, never>;
    readonly TRIMA: OfLine<Period, never>;
    readonly WMA: OfLine<Period, never>;
    readonly ADX: OfBars<Period, never>;
    readonly ADXR: OfBars<Period, never>;
    readonly APO: OfLine<Pair, never>;
    readonly AROON: OfBars<Period, "up" | "down">;
    readonly AROONOSC: OfBars<Period, never>;
    readonly BOP: OfBars<[], never>;
    readonly CCI: OfBars<Period, never>;
    readonly CMO: OfLine<Period, never>;
    readonly DX: OfBars<Period, never>;
    readonly IMI: OfBars<Period, never>;
    readonly MACD: OfLine<[fast?: number, slow?: number, signal?: number], "histogram" | "signal" | "macd">;
    readonly MACDEXT: OfLine<Chosen, "histogram" | "signal" | "macd">;
    readonly MACDFIX: OfLine<[signal?: number], "histogram" | "signal" | "macd">;
    readonly MFI: OfBars<Period, never>;
    readonly MINUS_DI: OfBars<Period, never>;
    readonly MINUS_DM: OfBars<Period, never>;
    readonly MOM: OfLine<Period, never>;
    readonly PLUS_DI: OfBars<Period, never>;
    readonly PLUS_DM: OfBars<Period, never>;
    readonly PPO: OfLine<Pair, never>;
    readonly ROC: OfLine<Period, never>;
    readonly ROCP: OfLine<Period, never>;
    readonly ROCR: OfLine<Period, never>;
    readonly ROCR100: OfLine<Period, never>;
    readonly RSI: OfLine<Period, never>;
    readonly STOCH: OfBars<Slow, "slowD" | "slowK">;
    readonly STOCHF: OfBars<Fast, "fastK" | "fastD">;
    readonly STOCHRSI: OfLine<[period?: number, k?: number, d?: number, dAverage?: "sma" | "ema" | "wma" | "dema" | "tema" | "kama" | "mama" | "trima" | "t3"], "fastK" | "fastD">;
    readonly TRIX: OfLine<Period, never>;
    readonly ULTOSC: OfBars<[short?: number, middle?: number, long?: number], never>;
    readonly WILLR: OfBars<Period, never>;
    readonly AD: OfBars<[], never>;
    readonly ADOSC: OfBars<[fast?: number, slow?: number], never>;
    readonly OBV: OfBars<[], never>;
    readonly ATR: OfBars<Period, never>;
    readonly NATR: OfBars<Period, never>;
    readonly TRANGE: OfBars<[], never>;
    readonly AVGPRICE: OfBars<[], never>;
    readonly MEDPRICE: OfBars<[], never>;
    readonly TYPPRICE: OfBars<[], never>;
    readonly WCLPRICE: OfBars<[], never>;
    readonly HT_DCPERIOD: OfLine<[], never>;
    readonly HT_DCPHASE: OfLine<[], never>;
    readonly HT_PHASOR: OfLine<[], "inPhase" | "quadrature">;
    readonly HT_SINE: OfLine<[], "sine" | "leadSine">;
    readonly HT_TRENDMODE: OfLine<[], never>;
    readonly AVGDEV: OfLine<Period, never>;
    readonly BETA: OfPair<Period>;
    readonly CORREL: OfPair<Period>;
    readonly LINEARREG: OfLine<Period, never>;
    readonly LINEARREG_ANGLE: OfLine<Period, never>;
    readonly LINEARREG_INTERCEPT: OfLine<Period, never>;
    readonly LINEARREG_SLOPE: OfLine<Period, never>;
    readonly STDDEV: OfLine<[period?: number, deviations?: number], never>;
    readonly TSF: OfLine<Period, never>;
    readonly VAR: OfLine<[period?: number, deviations?: number], never>;
    readonly ADD: OfPair<[]>;
    readonly DIV: OfPair<[]>;
    readonly MULT: OfPair<[]>;
    readonly SUB: OfPair<[]>;
    readonly MAX: OfLine<Period, never>;
    readonly MAXINDEX: OfLine<Period, never>;
    readonly MIN: OfLine<Period, never>;
    readonly MININDEX: OfLine<Period, never>;
    readonly MINMAX: OfLine<Period, "min" | "max">;
    readonly MINMAXINDEX: OfLine<Period, "min" | "max">;
    readonly SUM: OfLine<Period, never>;
    readonly ACOS: OfLine<[], never>;
    readonly ASIN: OfLine<[], never>;
    readonly ATAN: OfLine<[], never>;
    readonly CEIL: OfLine<[], never>;
    readonly COS: OfLine<[], never>;
    readonly COSH: OfLine<[], never>;
    readonly EXP: OfLine<[], never>;
    readonly FLOOR: OfLine<[], never>;
    readonly LN: OfLine<[], never>;
    readonly LOG10: OfLine<[], never>;
    readonly SIN: OfLine<[], never>;
    readonly SINH: OfLine<[], never>;
    readonly SQRT: OfLine<[], never>;
    readonly TAN: OfLine<[], never>;
    readonly TANH: OfLine<[], never>;
    readonly CDL2CROWS: OfBars<[penetration?: number], never>;
    readonly CDL3BLACKCROWS: OfBars<[penetration?: number], never>;
    readonly CDL3INSIDE: OfBars<[penetration?: number], never>;
    readonly CDL3LINESTRIKE: OfBars<[penetration?: number], never>;
    readonly CDL3OUTSIDE: OfBars<[penetration?: number], never>;
    readonly CDL3STARSINSOUTH: OfBars<[penetration?: number], never>;
    readonly CDL3WHITESOLDIERS: OfBars<[penetration?: number], never>;
    readonly CDLABANDONEDBABY: OfBars<[penetration?: number], never>;
    readonly CDLADVANCEBLOCK: OfBars<[penetration?: number], never>;
    readonly CDLBELTHOLD: OfBars<[penetration?: number], never>;
    readonly CDLBREAKAWAY: OfBars<[penetration?: number], never>;
    readonly CDLCLOSINGMARUBOZU: OfBars<[penetration?: number], never>;
    readonly CDLCONCEALBABYSWALL: OfBars<[penetration?: number], never>;
    readonly CDLCOUNTERATTACK: OfBars<[penetration?: number], never>;
    readonly CDLDARKCLOUDCOVER: OfBars<[penetration?: number], never>;
    readonly CDLDOJI: OfBars<[penetration?: number], never>;
    readonly CDLDOJISTAR: OfBars<[penetration?: number], never>;
    readonly CDLDRAGONFLYDOJI: OfBars<[penetration?: number], never>;
    readonly CDLENGULFING: OfBars<[penetration?: number], never>;
    readonly CDLEVENINGDOJISTAR: OfBars<[penetration?: number], never>;
    readonly CDLEVENINGSTAR: OfBars<[penetration?: number], never>;
    readonly CDLGAPSIDESIDEWHITE: OfBars<[penetration?: number], never>;
    readonly CDLGRAVESTONEDOJI: OfBars<[penetration?: number], never>;
    readonly CDLHAMMER: OfBars<[penetration?: number], never>;
    readonly CDLHANGINGMAN: OfBars<[penetration?: number], never>;
    readonly CDLHARAMI: OfBars<[penetration?: number], never>;
    readonly CDLHARAMICROSS: OfBars<[penetration?: number], never>;
    readonly CDLHIGHWAVE: OfBars<[penetration?: number], never>;
    readonly CDLHIKKAKE: OfBars<[penetration?: number], never>;
    readonly CDLHIKKAKEMOD: OfBars<[penetration?: number], never>;
    readonly CDLHOMINGPIGEON: OfBars<[penetration?: number], never>;
    readonly CDLIDENTICAL3CROWS: OfBars<[penetration?: number], never>;
    readonly CDLINNECK: OfBars<[penetration?: number], never>;
    readonly CDLINVERTEDHAMMER: OfBars<[penetration?: number], never>;
    readonly CDLKICKING: OfBars<[penetration?: number], never>;
    readonly CDLKICKINGBYLENGTH: OfBars<[penetration?: number], never>;
    readonly CDLLADDERBOTTOM: OfBars<[penetration?: number], never>;
    readonly CDLLONGLEGGEDDOJI: OfBars<[penetration?: number], never>;
    readonly CDLLONGLINE: OfBars<[penetration?: number], never>;
    readonly CDLMARUBOZU: OfBars<[penetration?: number], never>;
    readonly CDLMATCHINGLOW: OfBars<[penetration?: number], never>;
    readonly CDLMATHOLD: OfBars<[penetration?: number], never>;
    readonly CDLMORNINGDOJISTAR: OfBars<[penetration?: number], never>;
    readonly CDLMORNINGSTAR: OfBars<[penetration?: number], never>;
    readonly CDLONNECK: OfBars<[penetration?: number], never>;
    readonly CDLPIERCING: OfBars<[penetration?: number], never>;
    readonly CDLRICKSHAWMAN: OfBars<[penetration?: number], never>;
    readonly CDLRISEFALL3METHODS: OfBars<[penetration?: number], never>;
    readonly CDLSEPARATINGLINES: OfBars<[penetration?: number], never>;
    readonly CDLSHOOTINGSTAR: OfBars<[penetration?: number], never>;
    readonly CDLSHORTLINE: OfBars<[penetration?: number], never>;
    readonly CDLSPINNINGTOP: OfBars<[penetration?: number], never>;
    readonly CDLSTALLEDPATTERN: OfBars<[penetration?: number], never>;
    readonly CDLSTICKSANDWICH: OfBars<[penetration?: number], never>;
    readonly CDLTAKURI: OfBars<[penetration?: number], never>;
    readonly CDLTASUKIGAP: OfBars<[penetration?: number], never>;
    readonly CDLTHRUSTING: OfBars<[penetration?: number], never>;
    readonly CDLTRISTAR: OfBars<[penetration?: number], never>;
    readonly CDLUNIQUE3RIVER: OfBars<[penetration?: number], never>;
    readonly CDLUPSIDEGAP2CROWS: OfBars<[penetration?: number], never>;
    readonly CDLXSIDEGAP3METHODS: OfBars<[penetration?: number], never>;
};

export type VwapLines = {
    readonly vwap: Line;
    readonly upper: Line;
    readonly lower: Line;
};

export interface VwapOptions {
    readonly period?: 'day' | 'week' | 'month' | 'year';
    /** Minutes after midnight, on the clock of the exchange, at which a session begins. */
    readonly start?: number;
    /** Bands: volume-weighted deviations. */
    readonly width?: number;
}

/** Volume-weighted average price since the session, week, month or year began, with bands. */
export declare function vwap(bars: BarLines, options?: VwapOptions): VwapLines;

/** Volume-weighted average price of the last `period` bars, with bands. */
export declare function rollingVwap(bars: BarLines, period?: number, width?: number): VwapLines;

/** Volume-weighted average price since a date of the exchange, 20240131, and a minute of that day; undefined before. */
export declare function anchoredVwap(bars: BarLines, date: number, minute?: number, width?: number): VwapLines;

/** Volume-weighted moving average. */
export declare function vwma(bars: BarLines, period?: number): Line;

/** Supertrend: the level, and the same on bars of a rising or a falling trend only. */
export declare function supertrend(bars: BarLines, period?: number, factor?: number): {
    readonly supertrend: Line;
    readonly rising: Line;
    readonly falling: Line;
};

export interface KeltnerOptions {
    readonly period?: number;
    readonly rangePeriod?: number;
    readonly factor?: number;
    readonly average?: AverageKind;
    readonly rangeAverage?: AverageKind;
    readonly price?: 'close' | 'typical';
}

/** Keltner channel: EMA 20 and ATR 10 unless told; average sma and price typical make it Keltner's own. */
export declare function keltner(bars: BarLines, options?: KeltnerOptions): {
    readonly middle: Line;
    readonly upper: Line;
    readonly lower: Line;
};

/** Donchian channel of the last `period` bars, this one included; for a breakout take `.ago(1)`. */
export declare function donchian(bars: BarLines, period?: number): {
    readonly upper: Line;
    readonly middle: Line;
    readonly lower: Line;
};

/** Chandelier exit for long and for short positions. */
export declare function chandelierExit(bars: BarLines, period?: number, factor?: number): {
    readonly long: Line;
    readonly short: Line;
};

/** Turns of at least `percent` %, each told on the bar that confirms it. */
export declare function zigzag(bars: BarLines, percent?: number): {
    readonly peak: Line;
    readonly trough: Line;
};

/** Volume profile of the last `period` bars: the price with most volume and the value area around it. */
export declare function volumeProfile(bars: BarLines, period?: number, rows?: number, share?: number): {
    readonly poc: Line;
    readonly high: Line;
    readonly low: Line;
};

/** Chaikin money flow, −1 … 1. */
export declare function chaikinMoneyFlow(bars: BarLines, period?: number): Line;

/** Elder's force index. */
export declare function forceIndex(bars: BarLines, period?: number): Line;

/** Elder's bull and bear power. */
export declare function elderRay(bars: BarLines, period?: number): {
    readonly bull: Line;
    readonly bear: Line;
};

/** Connors RSI, 0 … 100. */
export declare function connorsRsi(source: Line, period?: number, streak?: number, rank?: number): Line;

/** Stochastic of the RSI, 0 … 100. */
export declare function stochasticRsi(source: Line, period?: number, window?: number): {
    readonly k: Line;
    readonly d: Line;
};

/** Arnaud Legoux moving average. */
export declare function alma(source: Line, period?: number, offset?: number, sigma?: number): Line;

/** Simple moving average. */
export declare function sma(source: Line, period: number): Line;

/** Exponential moving average, seeded with the mean of its first `period` values. */
export declare function ema(source: Line, period: number): Line;

/** Weighted moving average, weights 1 … period. */
export declare function wma(source: Line, period: number): Line;

/** Wilder's smoothed moving average. */
export declare function smma(source: Line, period: number): Line;

/** Double exponential moving average. */
export declare function dema(source: Line, period: number): Line;

/** Triple exponential moving average. */
export declare function tema(source: Line, period: number): Line;

/** Hull moving average; `period` ≥ 2. */
export declare function hma(source: Line, period: number): Line;

/** Zero-lag exponential moving average. */
export declare function zlema(source: Line, period: number): Line;

/** x less x `period` bars ago. */
export declare function momentum(source: Line, period?: number): Line;

/** Rate of change over `period` bars as a fraction: 0.01 = 1 %. */
export declare function roc(source: Line, period?: number): Line;

/** Sum of a column; 0 when empty. */
export declare function sum(values: Float64Array): number;

/** Williams %R, −100 … 0. */
export declare function williamsR(bars: BarLines, period?: number): Line;

export interface RsiOptions {
    readonly average?: AverageKind;
    readonly lookback?: number;
}

/** Relative strength index, 0 … 100. */
export declare function rsi(source: Line, period?: number, options?: RsiOptions): Line;

export interface MacdOptions {
    readonly fast?: number;
    readonly slow?: number;
    readonly signal?: number;
    readonly average?: AverageKind;
}

/** MACD line, its signal line and their difference. */
export declare function macd(source: Line, options?: MacdOptions): {
    readonly macd: Line;
    readonly signal: Line;
    readonly histogram: Line;
};

/** Bollinger bands `width` population deviations around an average. */
export declare function bollinger(source: Line, period?: number, width?: number, average?: AverageKind): {
    readonly middle: Line;
    readonly upper: Line;
    readonly lower: Line;
};

/** Population standard deviation. */
export declare function stddev(source: Line, period?: number, average?: AverageKind): Line;

/** Mean deviation from rolling means. */
export declare function meandev(source: Line, period?: number, average?: AverageKind): Line;

/** True range of each bar, from the second on. */
export declare function trueRange(bars: BarLines): Line;

/** Average true range, Wilder's average by default. */
export declare function atr(bars: BarLines, period?: number, average?: AverageKind): Line;

export interface StochasticOptions {
    readonly period?: number;
    readonly smooth?: number;
    readonly smoothSlow?: number;
    readonly average?: AverageKind;
    readonly flat?: number;
}

/** Slow stochastic: k is already smoothed once. */
export declare function stochastic(bars: BarLines, options?: StochasticOptions): {
    readonly k: Line;
    readonly d: Line;
};

/** Fast stochastic: k is raw. */
export declare function stochasticFast(bars: BarLines, options?: Omit<StochasticOptions, 'smoothSlow'>): {
    readonly k: Line;
    readonly d: Line;
};

/** Full stochastic: raw k, d and the slow d. */
export declare function stochasticFull(bars: BarLines, options?: StochasticOptions): {
    readonly k: Line;
    readonly d: Line;
    readonly slowD: Line;
};

/** Commodity channel index with backtrader's mean deviation. */
export declare function cci(bars: BarLines, period?: number, factor?: number): Line;

/** Average directional movement index. */
export declare function adx(bars: BarLines, period?: number, average?: AverageKind): Line;

/** ADX, its rating, +DI and −DI together. */
export declare function dmi(bars: BarLines, period?: number, average?: AverageKind): {
    readonly adx: Line;
    readonly adxr: Line;
    readonly plus: Line;
    readonly minus: Line;
};

/** On-balance volume of the closes. */
export declare function obv(bars: BarLines): Line;

/** Highest value of the last `period` bars, this one included. */
export declare function highest(source: Line, period: number): Line;

/** Lowest value of the last `period` bars, this one included. */
export declare function lowest(source: Line, period: number): Line;

/** backtrader's CrossOver as a line: 1 up, −1 down, 0 otherwise; a touch does not reset the side. */
export declare function crossOver(a: Line, b: Operand): Line;

/** backtrader's CrossUp as a line: 1 or 0. */
export declare function crossUp(a: Line, b: Operand): Line;

/** backtrader's CrossDown as a line: 1 or 0. */
export declare function crossDown(a: Line, b: Operand): Line;

/**
 * True on the bar on which `a` is above `b` and was not on the bar before (qtpylib's crossed_above; a touch counts as
 * "not above", unlike crossUp). False while a value is undefined. Two instruments are compared each at its own now.
 */
export declare function crossedAbove(a: Line, b: Operand): boolean;

/** True on the bar on which `a` is below `b` and was not on the bar before; see crossedAbove. */
export declare function crossedBelow(a: Line, b: Operand): boolean;

/** One bar as strategies read it; times in epoch milliseconds. */
export interface Bar {
    /** Start of the bar, epoch milliseconds. */
    readonly time: number;
    /** End of the bar, when it is complete. */
    readonly closeTime: number;
    /** First price. */
    readonly open: number;
    /** Highest price. */
    readonly high: number;
    /** Lowest price. */
    readonly low: number;
    /** Last price. */
    readonly close: number;
    /** Units traded; NaN where unknown. */
    readonly volume: number;
}

/** A market print. */
export interface Tick {
    /** Epoch milliseconds. */
    readonly time: number;
    /** Price of the trade. */
    readonly price: number;
    /** Units traded. */
    readonly size: number;
}

/** Best bid and ask. */
export interface Quote {
    /** Epoch milliseconds. */
    readonly time: number;
    /** Best price to sell at. */
    readonly bid: number;
    /** Best price to buy at. */
    readonly ask: number;
    /** Units wanted at the bid. */
    readonly bidSize: number;
    /** Units offered at the ask. */
    readonly askSize: number;
}

/** One price level of a book. */
export interface BookLevel {
    /** Price of the level. */
    readonly price: number;
    /** Units at this price. */
    readonly size: number;
}

/** Market depth, best level first. */
export interface OrderBook {
    /** Epoch milliseconds. */
    readonly time: number;
    /** Buyers, best price first. */
    readonly bids: readonly BookLevel[];
    /** Sellers, best price first. */
    readonly asks: readonly BookLevel[];
}

/** Bars up to now and the lines made of them. */
declare abstract class BarsView {
    /** Opening prices; `open.now` is the current bar’s. */
    readonly open: Line;
    /** Highest prices. */
    readonly high: Line;
    /** Lowest prices. */
    readonly low: Line;
    /** Closing prices: `close.now`, `close.at(1)` one bar earlier. */
    readonly close: Line;
    /** Volumes; NaN where the source has none. */
    readonly volume: Line;
    /**
     * Hangs a line on these bars: `i.use('fast', sma(i.close, 10))` makes it `i.fast`. Callbacks for the bars start when
     * all used lines have their first value.
     */
    use(name: string, line: Line): Line;
    /** Lets the callbacks wait for the line's first value, without hanging it on the bars. */
    waitFor(line: Line): Line;
    /** Lets the callbacks wait until so many bars are there, whatever the lines need. */
    needBars(count: number): void;
    /** Bars before the first callback: the longest warm-up of the used lines. */
    get warmup(): number;
    /** Bars seen so far, the current one included. */
    get barCount(): number;
    /** The bar `ago` bars ago, 0 = the current one. */
    bar(ago?: number): Bar;
    /** The last `lookback` bars, oldest first; fewer at the start of the data. */
    bars(lookback: number): Bar[];
}

/** Where an order is in its life (06, 4.4). The index is the code in columns. */
declare const orderStatuses: readonly ["initialized", "denied", "submitted", "accepted", "pending-update", "pending-cancel", "triggered", "partially-filled", "filled", "cancelled", "expired", "rejected"];

type OrderStatus = (typeof orderStatuses)[number];

/** What an order says of its instrument. */
export interface OrderInstrument {
    /** Identity in the store, e.g. `SPX`. */
    readonly id: string;
    /** The text its venue uses. */
    readonly symbol: string;
    /** Smallest price step. */
    readonly tickSize: number;
    /** Smallest quantity step. */
    readonly lotSize: number;
    /** Position in the run's list of instruments. */
    readonly index: number;
    /** The symbol. */
    toString(): string;
}

/** How coarse bars are made. */
export interface CoarseOptions {
    /** True: the bar that is still forming is shown too, and grows with every bar of the instrument. Default false. */
    readonly replay?: boolean;
}

/** An instrument's bars at a longer interval with the lines hung on them. */
export type CoarseBars<Lines extends string = string> = CoarseBarsApi & {
    readonly [Name in Lines]: Line;
};

/**
 * Coarser bars of an instrument, made from its own (`i.coarse('1w')`). A bar is seen when it has closed; with `replay`
 * the forming one is seen as well. Orders go to the instrument: `bars.instrument`.
 */
declare class CoarseBarsApi extends BarsView {
    /** Whose bars they are. */
    readonly instrument: OrderInstrument;
    /** How long each lasts, e.g. `1w`. */
    readonly interval: string;
    /** True when the forming bar is shown. */
    readonly replayed: boolean;
    /** E.g. `SPX 1w`. */
    toString(): string;
}

type ParamKind = 'int' | 'float' | 'bool' | 'choice' | 'text';

/** What a form shows beside a parameter. */
export interface ParamNotes {
    /** Heading under which the form lists it. */
    readonly group?: string;
    /** One sentence shown with the field. */
    readonly help?: string;
}

/** Limits are inclusive; `step` is what the optimiser counts in. */
export interface NumberParamOptions extends ParamNotes {
    /** Smallest value. */
    readonly min?: number;
    /** Largest value. */
    readonly max?: number;
    /** What the optimiser counts in. */
    readonly step?: number;
}

type AnyParamSpecs = Readonly<Record<string, ParamSpec<any>>>;

/** The values that `this.p` holds for these declarations. */
export type ParamValues<Specs extends AnyParamSpecs> = {
    readonly [Name in keyof Specs]: Specs[Name] extends ParamSpec<infer Value> ? Value : never;
};

/** Declares the parameters of a strategy: `static params = { fast: param.int(10, { min: 2, max: 100 }) }`. */
export declare const param: {
    /** A whole number. */
    int(value: number, options?: NumberParamOptions): ParamSpec<number>;
    /** Any number. */
    float(value: number, options?: NumberParamOptions): ParamSpec<number>;
    /** Yes or no. */
    bool(value: boolean, notes?: ParamNotes): ParamSpec<boolean>;
    /** One of several texts. */
    choice<const Choice extends string>(value: NoInfer<Choice>, choices: readonly Choice[], notes?: ParamNotes): ParamSpec<Choice>;
    /** Free text. */
    text(value: string, notes?: ParamNotes): ParamSpec<string>;
};

/** The side of an order or fill; `+1` and `−1` in columns. */
type OrderSide = 'buy' | 'sell';

/** How an order executes (O-01). The index is the code in columns. */
declare const orderTypes: readonly ["market", "close", "limit", "stop", "stop-limit", "trailing-stop", "trailing-stop-limit", "historical"];

type OrderType = (typeof orderTypes)[number];

/** Why an order ended without a fill, or why it was made. The index is the code in columns; 0 = nothing to say. */
declare const orderReasons: readonly ["", "margin", "parent-gone", "oco", "bracket", "expired", "user", "exit", "target", "stop", "withdrawn", "size", "lot", "immediate", "margin-call", "paused", "risk-quantity", "risk-position", "risk-exposure", "risk-loss", "risk-rate", "risk-collar", "risk-duplicate", "unresolved", "venue", "lost", "stale"];

type OrderReason = (typeof orderReasons)[number];

/** A calendar day on the clock of a timer's zone. */
export interface TimerDay {
    /** Year, e.g. 2024. */
    readonly year: number;
    /** 1 January … 12 December. */
    readonly month: number;
    /** Day of the month, from 1. */
    readonly day: number;
    /** 1 Monday … 7 Sunday. */
    readonly weekday: number;
}

/** When a timer goes off. */
export interface TimerOptions {
    /** `'session-start'`, `'session-end'`, or a time of day: `'09:30'`, `'15:59:30'`. */
    readonly at: string;
    /** Milliseconds added to `at`; negative: before it. */
    readonly offset?: number;
    /** Again every so many milliseconds until the session (for a time of day: the day) ends; without it once a day. */
    readonly every?: number;
    /** Only on these days of the week, 1 Monday … 7 Sunday. */
    readonly weekdays?: readonly number[];
    /** True: a listed weekday without bars is made up for on the next day with bars. Default false. */
    readonly weekCarry?: boolean;
    /** Only on these days of the month. */
    readonly monthDays?: readonly number[];
    /** True (default): a listed day of the month without bars is made up for on the next day with bars. */
    readonly monthCarry?: boolean;
    /** Asked once for each day that the lists let through; false leaves the day out. */
    readonly allow?: (day: TimerDay) => boolean;
    /** IANA zone of `at`; default: the zone of the run's first instrument. Clock changes are reckoned with. */
    readonly zone?: string;
    /** True: before the broker's turn, so that with cheat-on-open an order still fills at this bar's open. */
    readonly cheat?: boolean;
}

/** A timer of a strategy, made with `this.timer(…)`. */
export declare class Timer {
    /** What it was made with. */
    readonly options: TimerOptions;
    /** The time for which it last went off, epoch milliseconds; NaN before the first. The bar may be later. */
    last: number;
}

/**
 * One order: first the chain that completes it (`i.buy(10).limit(99).target(110).stop(95)`), then its live state.
 * It is sent when the callback that made it returns; until then every method of the chain may still change it.
 */
export declare class Order {
    /** 1, 2, 3 … within a run. */
    readonly id: number;
    /** What is traded. */
    readonly instrument: OrderInstrument;
    /** Buys at this price or lower, sells at this price or higher; after `stopEntry` it limits what the stop may pay. */
    limit(price: number): this;
    /** Enters when the price reaches this level: buys on a rise, sells on a fall. With `limit`: a stop-limit order. */
    stopEntry(price: number): this;
    /** Fills at the close of the last bar that ends by midnight UTC instead of the next open; on daily bars at the next close. */
    atClose(): this;
    /** A stop that follows the closes at this distance in price points. */
    trailBy(points: number): this;
    /** A stop that follows the closes at this ratio of the price: 0.02 = 2 %. */
    trailByRatio(ratio: number): this;
    /** Takes the profit at this price once the entry has filled; cancels the stop leg when it does. */
    target(price: number): this;
    /** Ends the loss at this price once the entry has filled; cancels the target leg when it does. */
    stop(price: number): this;
    /** Cancels `other` as soon as this order executes or ends, and the other way round. */
    oneCancelsOther(other: Order): this;
    /** Moves this order's stop to its average entry price when the target of `first` fills and this one is open by then. */
    breakEvenAfter(first: Order): this;
    /** Writes something of your own on the order, to be read in `onFill` (backtrader's `info`). */
    note(name: string, value: number | string): this;
    /** What `note` wrote. */
    get notes(): Readonly<Record<string, number | string>>;
    /** A label that reports can group by. */
    tag(text: string): this;
    /**
     * The first bar that closes after this time (epoch milliseconds) ends the order; `'day'`: the first bar after the
     * trading day in which it can first fill; `'2026-03-20'`: the first bar after that day at the exchange. Market orders
     * do not expire.
     */
    valid(until: number | string): this;
    /** Ends the order with the first bar that closes more than `ms` milliseconds after the bar that made it. */
    validFor(ms: number): this;
    /** Lets the order match on so many bars of its instrument and no longer. */
    validBars(bars: number): this;
    /** Fills what it can on the first bar or tick that it meets; the rest is cancelled. */
    immediateOrCancel(): this;
    /** Fills completely on the first bar or tick that it meets, or is cancelled. */
    fillOrKill(): this;
    /** Never fills in part; waits until all of it can. */
    allOrNone(): this;
    /** Sleeps until `entry` is filled, and ends with it and with its other children: a bracket made by hand. */
    parent(entry: Order): this;
    /** False: the order waits until the last child of its bracket is sent. */
    transmit(now: boolean): this;
    /** Round trips are kept apart by this number; 0 unless given. */
    tradeId(id: number): this;
    /** Fills at the next open even if the run lets market orders fill at the close that made them. */
    noCheat(): this;
    /**
     * Gives a working order another price: the limit of a limit order, else the stop. Put on the tick grid like the first
     * one; false when the order can no longer be changed.
     */
    move(price: number): boolean;
    /** Takes the order back; false when it can no longer be. */
    cancel(): boolean;
    /** `buy` or `sell`. */
    get side(): OrderSide;
    /** How it executes: `market`, `limit`, `stop` … */
    get type(): OrderType;
    /** Where it is in its life: `submitted`, `accepted`, `filled`, `cancelled` … */
    get status(): OrderStatus;
    /** Why the order ended without a fill, or what it is for (`exit`, `target`, `stop`); empty when there is nothing to say. */
    get reason(): OrderReason;
    /** Units ordered, > 0. */
    get quantity(): number;
    /** Units filled so far. */
    get filled(): number;
    /** Units not yet filled. */
    get remaining(): number;
    /** Average fill price; NaN before the first fill. */
    get averagePrice(): number;
    /** Fees paid so far, money. */
    get fees(): number;
    /** True until the order is filled, cancelled, expired or rejected. */
    get working(): boolean;
    /** True for the protective legs of a bracket. */
    get isExit(): boolean;
    /** One line for logs. */
    toString(): string;
}

/** What a strategy sees of one instrument: its data up to now, its position, its orders. */
export type Instrument<Lines extends string = string> = InstrumentApi & {
    readonly [Name in Lines]: Line;
};

/** Everything an instrument offers besides the lines that a strategy hangs on it with `use`. */
export declare class InstrumentApi extends BarsView {
    /** Identity in the store, e.g. `SPX`. */
    readonly id: string;
    /** The text its venue uses; also what `${i}` gives. */
    readonly symbol: string;
    /** Full name for people. */
    readonly name: string;
    /** ISO 4217, or a crypto code. */
    readonly currency: string;
    /** Smallest price step; limit and stop prices are put on it. */
    readonly tickSize: number;
    /** Smallest quantity step; quantities are rounded down to it. */
    readonly lotSize: number;
    /** Cash value of one price point of one unit. */
    readonly multiplier: number;
    /** Position in the run's list of instruments. */
    readonly index: number;
    /** The last trade; undefined unless the feed sends ticks. */
    tick: Tick | undefined;
    /** The last bid and ask; undefined unless the feed sends quotes. */
    quote: Quote | undefined;
    /** The last book; undefined unless the feed sends it. */
    orderBook: OrderBook | undefined;
    /** The symbol. */
    toString(): string;
    /**
     * This instrument's bars at a longer interval, e.g. `i.coarse('1w')`; ask for them in `onStart`. `onBar` then waits
     * for their lines too.
     */
    coarse(interval: string, options?: CoarseOptions): CoarseBars;
    /**
     * This instrument's bars as a filter changes them: Heikin-Ashi candles, bricks, only the session's … Orders still
     * fill at the instrument's own prices. Ask for them in `onStart`.
     */
    filtered(filter: NamedFilter): CoarseBars;
    /**
     * A line of coarse bars or of another instrument, on this instrument's bars: each has the last value that was known
     * when it closed. So lines of different bars can be combined.
     */
    align(line: Line): Line;
    /** The last price: the tick if there are ticks, else the close of the current bar. */
    get last(): number;
    /** Units held: > 0 long, < 0 short, 0 flat. */
    get position(): number;
    /** True without a position. */
    get flat(): boolean;
    /** True while units are held. */
    get long(): boolean;
    /** True while units are sold short. */
    get short(): boolean;
    /** Average entry price of the position; NaN when flat. */
    get averagePrice(): number;
    /** Gain of the open position at the last price, before fees. */
    get unrealized(): number;
    /** Buys at the next open; the chain makes it a limit, stop or bracket order. Without a quantity the sizer says it. */
    buy(quantity?: number): Order;
    /** Sells at the next open; the chain makes it a limit, stop or bracket order. Without a quantity the sizer says it. */
    sell(quantity?: number): Order;
    /** Closes the position at market; undefined when flat or already being closed. Other orders stay. */
    closePosition(): Order | undefined;
    /** Closes the position at market and cancels its target and stop; undefined when flat or already being closed. */
    exit(): Order | undefined;
    /** Cancels every order of the instrument and closes the position. */
    flatten(): Order | undefined;
    /** Trades what is missing to hold `target` units (signed); undefined when nothing is. Market orders on their way count. */
    targetSize(target: number): Order | undefined;
    /** Trades towards a position worth `value` (negative: short) at the last price, in whole units. */
    targetValue(value: number): Order | undefined;
    /** Trades towards a position worth this ratio of the account: 0.5 = half, −0.5 = half short. */
    targetPercent(ratio: number): Order | undefined;
    /** Working orders of the instrument, oldest first. */
    get orders(): Order[];
    /** Moves the stop of the open position to another price; false when there is none (qtpylib’s move_stoploss). */
    moveStop(price: number): boolean;
    /** Moves the target of the open position to another price; false when there is none. */
    moveTarget(price: number): boolean;
    /** Takes an order back; false when it can no longer be. */
    cancel(order: Order): boolean;
    /** A market order: `i.order('buy', 10)`. */
    order(direction: 'buy' | 'sell', quantity?: number): Order;
    /** As `order`. */
    marketOrder(direction: 'buy' | 'sell', quantity?: number): Order;
    /** An order at this price or better. */
    limitOrder(direction: 'buy' | 'sell', quantity: number, price: number): Order;
    /** Buys at the next open. */
    buyMarket(quantity?: number): Order;
    /** Buys at this price or lower. */
    buyLimit(quantity: number, price: number): Order;
    /** Sells at the next open. */
    sellMarket(quantity?: number): Order;
    /** Sells at this price or higher. */
    sellLimit(quantity: number, price: number): Order;
}

/** What a sizer is asked with: an order that names no quantity. */
export interface SizeRequest {
    /** What is traded. */
    readonly instrument: Instrument;
    /** `buy` or `sell`. */
    readonly side: 'buy' | 'sell';
    /** The price at which the order waits, else the last price. */
    readonly price: number;
    /** Price of its protective stop (`.stop(p)`); NaN without one. */
    readonly stop: number;
    /** Units held, negative when short. */
    readonly position: number;
    /** Free cash of the account. */
    readonly cash: number;
    /** Cash plus the value of all positions. */
    readonly equity: number;
    /** Net results of the closed trades so far, oldest first. */
    readonly results: readonly number[];
}

/** Says how many units an order without a quantity trades; 0, NaN or less: the order is not sent. */
export type Sizer = (request: SizeRequest) => number;

/** Always `units`, or a `tranches`-th of them in whole units (backtrader's FixedSize). */
export declare function fixedSize(units?: number, tranches?: number): Sizer;

/** `units` to open, twice as many while a position is held, which turns it round (FixedReverser). */
export declare function fixedReverser(units?: number): Sizer;

/** The size to hold after the next of `tranches` steps towards `units`; for `i.targetSize` (FixedSizeTarget). */
export declare function fixedSizeTarget(units?: number, tranches?: number): Sizer;

/**
 * `percent` of the free cash at the last price; the whole position while one is held (PercentSizer; PercentSizerInt with
 * `whole`).
 */
export declare function percentOfCash(percent?: number, options?: {
    readonly whole?: boolean;
}): Sizer;

/** All of the free cash at the last price (AllInSizer; AllInSizerInt with `whole`). */
export declare function allIn(options?: {
    readonly whole?: boolean;
}): Sizer;

/**
 * So many units that the stop would lose `ratio` of equity: equity · ratio / (distance to the stop · multiplier), rounded
 * down to lots. An order without `.stop(p)` is not sent.
 */
export declare function riskPerTrade(ratio?: number): Sizer;

/**
 * So many units that one `volatility` (a line of the instrument in price points, e.g. an average true range hung on it
 * with `use`) moves equity by `ratio`; rounded down to lots.
 */
export declare function volatilityTarget(ratio: number, volatility: string): Sizer;

/** Of what `kellyFraction` is made. */
export interface KellyOptions {
    /** The part of the full fraction to use; 0.5 = half Kelly (default). */
    readonly part?: number;
    /** Ratio of trades that win; measured from the run's closed trades unless given. */
    readonly winRate?: number;
    /** Average win over average loss; measured unless given. */
    readonly payoff?: number;
    /** Closed trades before measuring starts; default 30. */
    readonly after?: number;
    /** Ratio of equity to trade until then; default 0.02. */
    readonly start?: number;
}

/**
 * Kelly's fraction of equity: win rate − (1 − win rate) / payoff, times `part`; nothing when it is below 0. Without given
 * figures they are measured from the closed trades.
 */
export declare function kellyFraction(options?: KellyOptions): Sizer;

type Profile = 'default' | 'backtrader';

/** 0 Sunday … 6 Saturday. */
declare function weekday(time: number): number;

/** Arithmetic mean; NaN when empty. */
declare function mean(values: Float64Array): number;

/** Largest value; NaN when empty. */
declare function maximum(values: Float64Array): number;

/** What a timer calls: its own function, else the strategy's `onTimer`. */
type TimerCallback = (timer: Timer, when: number) => void;

/**
 * Where a run is: `warm-up` until every instrument and every coarse bar that is used has its lines' first values, then
 * `first` and `running`. Profile backtrader stays at `first` while the slowest of them stands on its first value.
 */
export type StepPhase = 'warm-up' | 'first' | 'running';

/**
 * What a trader extends. Declare `static params`, prepare lines in `onStart`, decide in `onBar`. Everything seen ends
 * at *now*; orders are sent when the callback returns and can fill from the next bar on.
 *
 * The plain form is `class A extends Strategy`; the fully typed one
 * `class A extends Strategy<typeof A.params, 'fast' | 'slow'>` knows every parameter and line by name.
 */
export declare abstract class Strategy<Specs extends AnyParamSpecs = AnyParamSpecs, Lines extends string = string> {
    /** The values of `static params` in this run. */
    readonly p: ParamValues<Specs>;
    /** Once, before the first bar: prepare lines here. */
    onStart?(): void;
    /** Each closed bar of each instrument, once its lines have values. */
    onBar?(i: Instrument<Lines>): void;
    /** Each market print, when the feed sends them. */
    onTick?(i: Instrument<Lines>): void;
    /** Each change of bid or ask, when the feed sends them. */
    onQuote?(i: Instrument<Lines>): void;
    /** Each change of market depth, when the feed sends it. */
    onOrderBook?(i: Instrument<Lines>): void;
    /** Each fill of an own order, before the bar in which it happened is shown to `onBar`. */
    onFill?(i: Instrument<Lines>, order: Order): void;
    /**
     * In a run with cheat-on-open: each bar of each instrument when only its opening price is known. Lines end with the bar
     * before; an order made here can fill on this very bar.
     */
    onOpen?(i: Instrument<Lines>, open: number): void;
    /** Each new bar of an interval that was asked for with `i.coarse`, before the `onBar` of the bar that showed it. */
    onCoarseBar?(bars: CoarseBars, i: Instrument<Lines>): void;
    /** Once per time step, after `onBar` of all that moved: decide here what needs several instruments at once. */
    onStep?(phase: StepPhase): void;
    /** A timer without a function of its own goes off; `when` is the time it was set to. */
    onTimer?(timer: Timer, when: number): void;
    /** Once, after the last bar. */
    onStop?(): void;
    /** The run's instruments in the order in which they were chosen. */
    get instruments(): readonly Instrument<Lines>[];
    /** Calls `action` for every instrument. */
    each(action: (i: Instrument<Lines>) => void): void;
    /** The instrument with this id or symbol. */
    instrument(name: string): Instrument<Lines>;
    /** The time of the strategy, epoch milliseconds: when the current bar closed. NaN in `onStart`. */
    get now(): number;
    /** Cash of the account. */
    get cash(): number;
    /** Cash plus the value of all positions. */
    get equity(): number;
    /** Value of one share of the account as a fund: deposits and withdrawals do not move it. It starts at 100. */
    get fundValue(): number;
    /** Shares of the account as a fund; deposits issue them at the fund value, withdrawals take them back. */
    get fundShares(): number;
    /** The run's profile: `default` (defects corrected) or `backtrader`. */
    get profile(): Profile;
    /** Says how much an order without a quantity trades; `static sizer` sets it too. Undefined: 1 unit. */
    get sizer(): Sizer | undefined;
    /** Chooses the sizer from here on. */
    set sizer(sizer: Sizer | undefined);
    /**
     * Sends the orders made so far at once, instead of when the callback returns: the exits of a bracket are then among
     * `i.orders`. They fill no earlier.
     */
    send(): void;
    /** Pays money into the account; booked with the next bar. */
    deposit(amount: number): void;
    /** Takes money out of the account; booked with the next bar. */
    withdraw(amount: number): void;
    /**
     * Sets a timer; call it in `onStart`. It calls `callback`, or `onTimer` when there is none, on the first bar that closes
     * at or after its time.
     */
    timer(options: TimerOptions, callback?: TimerCallback): Timer;
    /** Writes one value of a series of your own; the chart and the report show it. The last value of a bar stays. */
    record(name: string, value: number): void;
    /** Writes a line to the run's log. */
    log(...parts: readonly unknown[]): void;
    /** Sends a notice: to the log in a backtest, to the chosen channels live. */
    notify(text: string): void;
}

/**
 * Several strategies in one run on one account: `export default combine({ trend: Trend, dip: Dip })`. Each has its own
 * lines, orders and position; cash is shared. Parameters are called `trend_fast`, `dip_period` …; orders and trades
 * name their strategy.
 */
export declare function combine(parts: Readonly<Record<string, new () => object>>): new () => Strategy;

/**
 * What a signal means; its value is read on every bar (01 section 12.5). `inverted` turns the sign, `any` takes every
 * value but 0.
 */
declare const signalKinds: readonly ["none", "long-short", "long", "long-inverted", "long-any", "short", "short-inverted", "short-any", "long-exit", "long-exit-inverted", "long-exit-any", "short-exit", "short-exit-inverted", "short-exit-any"];

/** One of the fourteen kinds of signal. */
export type SignalKind = (typeof signalKinds)[number];

/**
 * A strategy made of signals: lines whose sign says long (> 0), short (< 0) or nothing. Declare them in `onStart` with
 * `this.signal(i, 'long-short', line)`; orders are market orders whose size the sizer says.
 */
export declare abstract class SignalStrategy<Specs extends AnyParamSpecs = AnyParamSpecs, Lines extends string = string> extends Strategy<Specs, Lines> {
    /** True: signals may add to a position that is open. */
    accumulate: boolean;
    /** True: signals are followed also while the last order is still working. */
    concurrent: boolean;
    /**
     * Adds a signal for an instrument: `long-short` goes both ways, `long` and `short` one way, `long-exit` and
     * `short-exit` close; `…-inverted` turns the sign, `…-any` takes every value but 0. Signals of one kind must all agree.
     */
    signal(i: Instrument<Lines>, kind: SignalKind, line: Line): void;
    onBar(i: Instrument<Lines>): void;
}

export {}
