import './styles.ts'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { App, openFirstPage } from './app.tsx'

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no element "root"')

const root = createRoot(place)
// What stands in index.html stays until there is a page to put in its place. This comes in a transition, so that a finger
// is answered while a slow phone still draws.
void openFirstPage().then(() =>
  startTransition(() =>
    root.render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  ),
)
