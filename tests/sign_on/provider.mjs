// Somebody else's identity provider on a port of this machine: it lets in whoever the browser's cookie names.
import { createServer } from "node:http";

const { port, program, clients, people } = JSON.parse(process.argv[2]);
const { default: Provider } = await import(program);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients,
  claims: { openid: ["sub", "groups"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (_, asks) => `/asks/${asks.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});
const theirs = provider.callback();
createServer((asked, answer) => {
  if (!asked.url.startsWith("/asks/")) return theirs(asked, answer);
  const [, who] = /who=([^;]+)/.exec(asked.headers.cookie ?? "");
  return provider.interactionFinished(asked, answer, { login: { accountId: who } });
}).listen(port, "127.0.0.1");
