// The provider `oidc-provider`, which the OpenID Foundation certified, with one client; everybody may sign in there.
// Its arguments: the folder of its npm packages, a port of this machine, and the client as JSON.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, port, client] = process.argv.slice(2);
const found = createRequire(`${modules}/`).resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(found).href);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [JSON.parse(client)],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: "Bea" }),
  }),
});
provider.listen(Number(port), "127.0.0.1");
