export const choose = (): void => (window.dash_clientside as any).upload.choose();
