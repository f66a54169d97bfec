import { dateTime } from '../../ui/date-time.ts'
import { count, missing, price, quantity, signedMoney } from '../../ui/format.ts'
import type { Column } from '../../ui/table.tsx'
import { type TableContext, type TableData, tickSizeOf } from './trade-columns.ts'
import { cellOf, textOf } from './trade-rows.ts'

interface Reader {
  at(name: string): (row: number) => number
  text(name: string): (row: number) => string
  words(name: string, title: string, width: number): Column
  moment(name: string, title: string): Column
  /** A moment at the close of a bar; a daily bar is spoken of by its day, its close is the midnight after it. */
  closing(name: string, title: string): Column
  priced(name: string, title: string): Column
  quantity(name: string, title: string): Column
  side(title: string): Column
}

function reader(data: TableData, context: TableContext): Reader {
  const at = (name: string) => (row: number) => cellOf(data.columns, name, row)
  const text = (name: string) => (row: number) => textOf(data.columns, data.texts, name, row)
  const instrument = text('instrument')
  const precision = context.precision === 'day' ? 'day' : 'second'
  const time = (name: string, title: string, earlier: number): Column => ({
    id: name,
    title,
    width: precision === 'day' ? 90 : 146,
    text: (row) => dateTime(at(name)(row) - earlier, context.zoneOf(instrument(row)), precision),
    value: at(name),
  })
  return {
    at,
    text,
    words: (name, title, width) => ({
      id: name,
      title,
      width,
      text: (row) => text(name)(row) || missing,
      value: text(name),
    }),
    moment: (name, title) => time(name, title, 0),
    closing: (name, title) => time(name, title, context.precision === 'day' ? 1 : 0),
    priced: (name, title) => ({
      id: name,
      title,
      width: 90,
      align: 'right',
      text: (row) => price(at(name)(row), tickSizeOf(context, instrument(row))),
      value: at(name),
    }),
    quantity: (name, title) => ({
      id: name,
      title,
      width: 84,
      align: 'right',
      text: (row) => quantity(at(name)(row)),
      value: at(name),
    }),
    side: (title) => {
      const isBuy = (row: number) =>
        data.texts.side === undefined ? at('side')(row) > 0 : /^(buy|long)$/i.test(text('side')(row))
      return {
        id: 'side',
        title,
        width: 60,
        align: 'center',
        text: (row) => context.t(isBuy(row) ? 'side.buy' : 'side.sell'),
        value: (row) => (isBuy(row) ? 1 : -1),
        tone: (row) => (isBuy(row) ? 'buy' : 'sell'),
      }
    },
  }
}

/** A number that names something: no grouping, – where there is none. */
function reference(value: number): string {
  return Number.isFinite(value) && value >= 0 ? String(value) : missing
}

/** Columns of the orders, in the order in which they were made. */
export function orderColumns(data: TableData, context: TableContext): Column[] {
  const { t } = context
  const read = reader(data, context)
  const { words } = read
  const id = (name: string, title: string): Column => ({
    id: name,
    title,
    width: 62,
    align: 'right',
    text: (row) => (data.texts[name] === undefined ? reference(read.at(name)(row)) : read.text(name)(row) || missing),
    value: read.at(name),
  })
  return [
    id('id', '#'),
    words('instrument', t('trade.instrument'), 84),
    ...(data.texts.strategy === undefined ? [] : [words('strategy', t('trade.strategy'), 84)]),
    words('type', t('order.type'), 92),
    read.side(t('trade.side')),
    read.quantity('quantity', t('trade.quantity')),
    read.quantity('filled', t('order.filled')),
    read.priced('price', t('order.price')),
    read.priced('limit', t('order.limit')),
    read.priced('stop', t('order.stop')),
    read.closing('createdTime', t('order.created')),
    read.moment('updatedTime', t('order.updated')),
    words('status', t('order.status'), 92),
    id('parent', t('order.parent')),
    id('group', t('order.group')),
    words('reason', t('order.reason'), 180),
  ]
}

/** Columns of the fills, in the order in which they happened. */
export function fillColumns(data: TableData, context: TableContext): Column[] {
  const { t } = context
  const read = reader(data, context)
  const { words } = read
  const cash = (name: string, title: string) => moneyColumn(read, name, title)
  return [
    { id: 'number', title: '#', width: 60, align: 'right', text: (row) => count(row + 1), value: (row) => row + 1 },
    {
      id: 'order',
      title: t('fillTable.order'),
      width: 70,
      align: 'right',
      text: (row) => reference(read.at('order')(row)),
      value: read.at('order'),
    },
    {
      id: 'instrument',
      title: t('trade.instrument'),
      width: 90,
      text: read.text('instrument'),
      value: read.text('instrument'),
    },
    read.side(t('trade.side')),
    read.moment('time', t('time')),
    read.priced('price', t('order.price')),
    read.quantity('quantity', t('trade.quantity')),
    cash('fee', t('trade.fees')),
    read.priced('slippage', t('fillTable.slippage')),
    read.quantity('positionAfter', t('fillTable.position')),
    ...(data.texts.contract === undefined
      ? []
      : [words('contract', t('roll.contract'), 84), read.priced('contractPrice', t('roll.price'))]),
  ]
}

/** Columns of the positions that were carried from one contract to the next. */
export function rollColumns(data: TableData, context: TableContext): Column[] {
  const { t } = context
  const read = reader(data, context)
  const cash = (name: string, title: string) => moneyColumn(read, name, title)
  return [
    read.words('instrument', t('trade.instrument'), 84),
    read.moment('time', t('time')),
    read.quantity('size', t('roll.size')),
    read.words('from', t('roll.from'), 84),
    read.priced('oldPrice', t('roll.oldPrice')),
    read.words('to', t('roll.to'), 84),
    read.priced('newPrice', t('roll.newPrice')),
    cash('fee', t('trade.fees')),
    cash('slippage', t('roll.slippage')),
  ]
}

/** Money that was paid: without a sign. */
function moneyColumn(read: Reader, name: string, title: string): Column {
  return {
    id: name,
    title,
    width: 90,
    align: 'right',
    text: (row) => signedMoney(read.at(name)(row)).replace('+', ''),
    value: read.at(name),
  }
}
