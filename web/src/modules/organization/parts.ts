import { type ComponentType, createContext, useContext } from 'react'

/** What modules that are read later put on the page of an organisation; given in `app.tsx`. */
export interface OrganizationParts {
  /** Chooses a person of the register; told the id. */
  PersonPicker: ComponentType<{ label: string; onChange: (personId: string | undefined) => void }>
  /** Where the people of an organisation and of all below it stand. */
  StageCounts: ComponentType<{ organizationId: string }>
}

export const OrganizationPartsContext = createContext<OrganizationParts | undefined>(undefined)

/** The parts; a fault of the page where none were given. */
export function useParts(): OrganizationParts {
  const parts = useContext(OrganizationPartsContext)
  if (parts === undefined) throw new Error('OrganizationPartsContext is empty')
  return parts
}
