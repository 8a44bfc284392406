/** Ids that tie a row of tabs to its panel, which stands elsewhere on the page. */
export const tabId = (row: string, value: string): string => `${row}-tab-${value}`;
export const panelId = (row: string): string => `${row}-panel`;
