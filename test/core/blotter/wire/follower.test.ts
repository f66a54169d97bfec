import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Broadcast } from '../../../../core/blotter/wire/broadcast.ts'
import { Follower } from '../../../../core/blotter/wire/follower.ts'
import { tick } from '../messages.ts'

/** A follower whose questions are answered at once by the broadcast, except those that are lost on the way. */
function follow(broadcast: Broadcast, isAnswered: () => boolean = () => true) {
  const heard: number[] = []
  const lost: string[] = []
  const epochs: number[] = []
  const follower: Follower = new Follower({
    deliver: (frame) => heard.push(frame.sequence),
    ask(topic, from, to) {
      if (!isAnswered()) return follower.unanswered(topic)
      const { first, frames } = current.since(topic, from, to)
      follower.answer(topic, first, frames)
    },
    lost: (_, from, to) => lost.push(`${from}-${to}`),
    restarted: (epoch) => epochs.push(epoch),
  })
  let current = broadcast
  return {
    follower,
    heard,
    lost,
    epochs,
    become: (next: Broadcast) => {
      current = next
    },
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('who follows the wire', () => {
  test('hears each message once and in order, whatever is dropped, doubled, swapped or not answered', () => {
    const fate = fc.constantFrom('comes', 'comes', 'comes', 'dropped', 'doubled', 'later')
    fc.assert(
      fc.property(
        fc.array(fate, { minLength: 1, maxLength: 60 }),
        fc.array(fc.boolean(), { maxLength: 60 }),
        (fates, answers) => {
          const broadcast = new Broadcast(1)
          let asked = 0
          const { follower, heard, lost } = follow(broadcast, () => answers[asked++] ?? true)
          follower.take(broadcast.heartbeat(0))
          follower.joined()
          let waiting: Uint8Array[] = []
          for (const [index, each] of fates.entries()) {
            const frame = broadcast.next(tick(index, 1))
            if (each === 'later') waiting.push(frame)
            else if (each !== 'dropped') follower.take(frame)
            if (each === 'doubled') follower.take(frame)
            if (each === 'comes') for (const late of waiting.splice(0)) follower.take(late)
          }
          waiting = []
          // The tail may be lost too: heartbeats tell of it, until a question is answered
          for (let beat = 0; beat < 70; beat++) follower.take(broadcast.heartbeat(beat))
          expect(heard).toEqual(upTo(fates.length))
          expect(lost).toEqual([])
        },
      ),
    )
  })

  test('is told what the publisher no longer has, and goes on after it', () => {
    const broadcast = new Broadcast(1, 5)
    const { follower, heard, lost } = follow(broadcast)
    follower.take(broadcast.heartbeat(0))
    follower.joined()
    follower.take(broadcast.next(tick(1, 1)))
    for (let index = 2; index <= 20; index++) broadcast.next(tick(index, 1))
    follower.take(broadcast.heartbeat(0))
    expect(lost).toEqual(['2-15'])
    expect(heard).toEqual([1, 16, 17, 18, 19, 20])
  })

  test('that joins late begins with the newest message and does not ask for the past', () => {
    const broadcast = new Broadcast(1)
    for (let index = 1; index <= 9; index++) broadcast.next(tick(index, 1))
    const { follower, heard } = follow(broadcast)
    follower.take(broadcast.heartbeat(0))
    expect(heard).toEqual([])
    follower.begin(1, 8)
    follower.joined()
    follower.take(broadcast.heartbeat(0))
    expect(heard).toEqual([9])
  })

  test('begins anew with a publisher that was started anew, and no longer hears the old one', () => {
    const [old, fresh] = [new Broadcast(1), new Broadcast(2)]
    const { follower, heard, epochs, become } = follow(old)
    follower.take(old.next(tick(1, 1)))
    const straggler = old.next(tick(2, 1))
    become(fresh)
    follower.take(fresh.next(tick(3, 1)))
    follower.take(straggler)
    expect([heard, epochs]).toEqual([
      [1, 1],
      [1, 2],
    ])
  })

  test('counts what is no frame and goes on', () => {
    const broadcast = new Broadcast(1)
    const { follower, heard } = follow(broadcast)
    for (const junk of [new Uint8Array(0), new Uint8Array(500), new TextEncoder().encode('GET / HTTP/1.1')])
      follower.take(junk)
    follower.take(broadcast.next(tick(1, 1)))
    expect([follower.malformed, heard]).toEqual([3, [1]])
  })
})
