// The script that is running, and the files beside it.

const script = document.currentScript;
const address = script instanceof HTMLScriptElement ? script.src : "";

// The text of a file that lies beside this script, as the server has it now.
export async function besideScript(name: string): Promise<string> {
  const answer = await fetch(new URL(name, address), { cache: "no-cache" });
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.status}`);
  }
  return answer.text();
}
