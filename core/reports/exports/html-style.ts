/** Style of the exported page: one column that prints, dark where the reader's system is dark. */
export function pageStyle(language: 'en' | 'zh'): string {
  // Chinese readers expect red for profit.
  const [profit, loss] = language === 'zh' ? ['#c62f2f', '#0b7d5c'] : ['#0b7d5c', '#c62f2f']
  const [profitDark, lossDark] = language === 'zh' ? ['#ff7b72', '#3fb68b'] : ['#3fb68b', '#ff7b72']
  return `
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1f27;--faint:#5c6675;--rule:#dfe3e8;--soft:#f5f7f9;--accent:#1f6feb;--other:#8b6a1f;--profit:${profit};--loss:${loss};--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--paper:#0f1216;--ink:#e4e8ee;--faint:#98a2b0;--rule:#262c35;--soft:#171b21;--accent:#6aa5ff;--other:#d6b25e;--profit:${profitDark};--loss:${lossDark};--warn:#e0b050}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#1a1f27;--faint:#5c6675;--rule:#dfe3e8;--soft:#f5f7f9;--accent:#1f6feb;--other:#8b6a1f;--profit:${profit};--loss:${loss};--warn:#8a5a00}section,figure,tr{break-inside:avoid}.scroll{overflow:visible}section.long{break-inside:auto}h2{break-after:avoid}details:not([open]){display:none}}
@page{size:A4;margin:14mm 13mm}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px 20px 48px;max-width:900px;background:var(--paper);color:var(--ink);font:13px/1.45 system-ui,"Segoe UI","Noto Sans","PingFang SC","Noto Sans CJK SC",sans-serif;font-variant-numeric:tabular-nums lining-nums;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1{font-size:22px;line-height:1.2;margin:0 0 2px;font-weight:650}
h2{font-size:14px;margin:26px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--rule);font-weight:650}
h3{font-size:12px;margin:14px 0 4px;color:var(--faint);font-weight:600}
p{margin:4px 0}
.faint,figcaption,footer{color:var(--faint)}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:2px 22px;margin:12px 0 0}
dl.facts div{display:flex;gap:8px;justify-content:space-between;border-bottom:1px solid var(--rule);padding:2px 0;min-width:0}
dl.facts dt{color:var(--faint);white-space:nowrap}
dl.facts dd{margin:0;text-align:right;overflow-wrap:break-word;min-width:0}
.figures{display:grid;grid-template-columns:repeat(6,1fr);gap:1px;background:var(--rule);border:1px solid var(--rule)}
.figures div{background:var(--paper);padding:7px 9px}
.figures span{display:block;color:var(--faint);font-size:11px}
.figures strong{font-size:15px;font-weight:600}
.profit{color:var(--profit)}.loss{color:var(--loss)}
ul.findings{list-style:none;margin:0;padding:0}
ul.findings li{padding:4px 0 4px 12px;border-left:3px solid var(--accent);margin:4px 0}
ul.findings li.warn{border-left-color:var(--warn)}
ul.findings small{display:block;color:var(--faint)}
table{border-collapse:collapse;width:100%;font-size:12px}
th,td{padding:2px 7px;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}
th{color:var(--faint);font-weight:500}
th:first-child,td:first-child,td.text,th.text{text-align:left}
td.text{white-space:normal}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 26px}
.scroll{overflow-x:auto}
figure{margin:8px 0}
svg{display:block;width:100%;height:auto;background:var(--soft)}
svg text{fill:var(--faint);font:10px system-ui,sans-serif;font-variant-numeric:tabular-nums}
svg .grid{stroke:var(--rule);stroke-width:1}
svg .line{fill:none;stroke-width:1.4;stroke:var(--ink)}
svg .accent{stroke:var(--accent)}svg .other{stroke:var(--other)}
svg .area{stroke:none;fill-opacity:.18}
svg .area.lossline{fill:var(--loss)}svg .lossline{stroke:var(--loss)}
svg rect.profit,svg circle.profit{fill:var(--profit);fill-opacity:.75}
svg rect.loss,svg circle.loss{fill:var(--loss);fill-opacity:.75}
svg .band{fill:var(--accent);fill-opacity:.14}
.key i{display:inline-block;width:14px;height:3px;vertical-align:middle;margin:0 5px 0 10px}
.key .accent{background:var(--accent)}.key .other{background:var(--other)}
td.heat{position:relative;text-align:right}
details{margin:8px 0}
summary{cursor:pointer;color:var(--faint)}
code{font:11px ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
footer{margin-top:30px;padding-top:8px;border-top:1px solid var(--rule);font-size:11px}
@media (max-width:720px){.figures{grid-template-columns:repeat(3,1fr)}.pair{grid-template-columns:1fr}}
`
}
