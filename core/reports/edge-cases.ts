import type { BilingualText } from './bilingual-text.ts'

/** Why a figure can be undefined; the report says the sentence where the value is missing. */
export const edgeCases = {
  'no-return': { en: 'without a return', zh: '没有收益率数据' },
  'two-returns': { en: 'below two returns', zh: '少于两个收益率' },
  'three-returns': { en: 'below three returns', zh: '少于三个收益率' },
  'four-returns': { en: 'below four returns', zh: '少于四个收益率' },
  'no-scatter': { en: 'when the returns do not scatter', zh: '收益率没有波动' },
  'no-loss': { en: 'without a losing period', zh: '没有亏损周期' },
  'no-gain': { en: 'without a winning period', zh: '没有盈利周期' },
  'no-drawdown': { en: 'without a drawdown', zh: '没有回撤' },
  'not-recovered': { en: 'while the drawdown has not recovered', zh: '回撤尚未恢复' },
  'too-short': { en: 'when the series does not reach back that far', zh: '数据长度不足该区间' },
  'one-moment': { en: 'below two rows', zh: '不足两行数据' },
  'two-years': { en: 'below two calendar years', zh: '少于两个日历年' },
  'lost-all': { en: 'when more than everything was lost', zh: '亏损超过全部资金' },
  'zero-tail': { en: 'when the 5 % quantile is 0', zh: '5%分位数为0' },
  'still-benchmark': { en: 'when the benchmark does not move', zh: '基准没有变动' },
  'same-as-benchmark': { en: 'when the returns follow the benchmark exactly', zh: '收益率与基准完全一致' },
  'zero-beta': { en: 'when beta is 0', zh: '贝塔为0' },
  'one-sided-benchmark': { en: 'when the benchmark has no such period', zh: '基准没有此类周期' },
  'no-trade': { en: 'without a closed trade', zh: '没有已平仓交易' },
  'two-trades': { en: 'below two closed trades', zh: '少于两笔已平仓交易' },
  'no-winner': { en: 'without a winning trade', zh: '没有盈利交易' },
  'no-loser': { en: 'without a losing trade', zh: '没有亏损交易' },
  'same-results': { en: 'when all trades have the same result', zh: '所有交易结果相同' },
  'no-such-side': { en: 'without a trade on that side', zh: '没有该方向的交易' },
  'no-fill': { en: 'without a fill', zh: '没有成交' },
  'not-recorded': { en: 'where the input does not tell it', zh: '输入数据未提供' },
  'not-above': { en: 'when the Sharpe ratio is not above 0', zh: '夏普比率不大于0' },
  'no-trials': { en: 'when trials were not counted', zh: '未统计试验次数' },
} as const satisfies Record<string, BilingualText>

export type EdgeCase = keyof typeof edgeCases

/** `Undefined without a loss or …`, in both languages; empty when the figure is always defined. */
export function edgeSentence(cases: readonly EdgeCase[]): BilingualText {
  if (cases.length === 0) return { en: '', zh: '' }
  const parts = (language: keyof BilingualText) => cases.map((name) => edgeCases[name][language])
  return { en: `Undefined ${parts('en').join(' or ')}.`, zh: `以下情况无定义：${parts('zh').join('；')}。` }
}
