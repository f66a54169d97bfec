import './login.css'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tryToken } from '../bridge-web.ts'
import { errorText } from '../text/error-text.ts'
import { Button } from '../ui/button.tsx'

/** In a browser: asks for the token of the service before anything of the user's is read. */
export function Login({ onToken }: { onToken(token: string): void }) {
  const { t } = useTranslation('app')
  const [token, setToken] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      if (await tryToken(token.trim())) onToken(token.trim())
      else setProblem(t('login.wrong'))
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className="login">
      <form onSubmit={(event) => void submit(event)}>
        <h1>Tickwright</h1>
        <p>{t('login.about')}</p>
        <label htmlFor="token">{t('login.token')}</label>
        <input
          id="token"
          className="tw-input"
          type="password"
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        {problem !== '' && (
          <p className="login-problem" role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" variant="primary" disabled={isBusy || token.trim() === ''}>
          {t('login.go')}
        </Button>
      </form>
    </main>
  )
}
