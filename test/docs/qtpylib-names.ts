/** What qtpylib's Algo and Instrument offer (research 01, sections 19–21), as data for parity.test.ts. */

/** The six callbacks → ours. */
export const callbacks: Readonly<Record<string, string>> = {
  on_start: 'onStart',
  on_quote: 'onQuote',
  on_tick: 'onTick',
  on_bar: 'onBar',
  on_orderbook: 'onOrderBook',
  on_fill: 'onFill',
}

/** Methods and properties of Instrument → members of ours. */
export const instrumentMembers: Readonly<Record<string, string>> = {
  get_bars: 'bars',
  get_bar: 'bar',
  get_tick: 'tick',
  get_price: 'last',
  get_quote: 'quote',
  get_orderbook: 'orderBook',
  get_symbol: 'symbol',
  order: 'order',
  cancel_order: 'cancel',
  market_order: 'marketOrder',
  limit_order: 'limitOrder',
  buy: 'buy',
  buy_market: 'buyMarket',
  buy_limit: 'buyLimit',
  sell: 'sell',
  sell_market: 'sellMarket',
  sell_limit: 'sellLimit',
  exit: 'exit',
  flatten: 'flatten',
  modify_order: 'move',
  modify_order_group: 'moveTarget',
  move_stoploss: 'moveStop',
  get_positions: 'position',
  get_portfolio: 'unrealized',
  get_orders: 'orders',
  get_pending_orders: 'orders',
  get_active_order: 'orders',
  pnl_in_range: 'unrealized',
  get_ticksize: 'tickSize',
  log_signal: 'record',
  bars: 'bars',
  bar: 'bar',
  tick: 'tick',
  price: 'last',
  quote: 'quote',
  orderbook: 'orderBook',
  symbol: 'symbol',
  positions: 'position',
  position: 'position',
  portfolio: 'unrealized',
  orders: 'orders',
  pending_orders: 'orders',
  ticksize: 'tickSize',
}

/** What needs a broker's connection, an option or a feed's history; docs/from-qtpylib.md says what to do instead. */
export const instrumentOthers =
  'get_ticks get_trades get_contract get_contract_details get_tickerId get_combo get_margin_requirement get_max_contracts_allowed get_margin_max_contracts ticks trades contract contract_details tickerId combo margin_requirement margin_max_contracts max_contracts_allowed'

/** The order's keywords → methods. */
export const orderKeywords: Readonly<Record<string, string>> = {
  limit_price: 'limit',
  order_type: 'move',
  orderId: 'id',
  expiry: 'validFor',
  target: 'target',
  initial_stop: 'stop',
  stop_limit: 'stopEntry',
  trail_stop_by: 'trailBy',
  trail_stop_type: 'trailByRatio',
  fillorkill: 'fillOrKill',
  tif: 'valid',
}

export const orderKeywordsOthers = 'trail_stop_at iceberg'

/** Constructor and command line of Algo (section 19.1), each named in docs/from-qtpylib.md. */
export const algoParams =
  'instruments resolution tick_window bar_window timezone preload continuous blotter sms log backtest start end data output ibclient ibport ibserver'
