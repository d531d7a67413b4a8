// An OpenID provider by other people (certified by the OpenID Foundation), configured for the tests:
// whoever comes is signed in as Anna at once. Usage: node provider.mjs <port> <public key of the second client>
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, publicKey] = process.argv.slice(2);
const HIGH = "http://eidas.europa.eu/LoA/high";
const PERSON = { given_name: "ANNA", family_name: "PARAUDZIŅA-KALNIŅA", personal_code: "010180-00012" };

const key = (type, options) => generateKeyPairSync(type, options).privateKey.export({ format: "jwk" });
const callback = "https://mps.example/auth/callback";
const after = "https://mps.example/iziets";
const client = { redirect_uris: [callback], post_logout_redirect_uris: [after], response_types: ["code"] };

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    { ...client, client_id: "by secret:1", client_secret: "a secret: %+&/=", token_endpoint_auth_method: "client_secret_basic" },
    {
      ...client,
      client_id: "by-key",
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      id_token_signed_response_alg: "ES256",
      jwks: { keys: [JSON.parse(publicKey)] },
    },
  ],
  jwks: {
    keys: [
      { ...key("rsa", { modulusLength: 2048 }), use: "sig", kid: "rsa" },
      { ...key("ec", { namedCurve: "P-256" }), use: "sig", kid: "ec" },
    ],
  },
  cookies: { keys: ["only for tests"] },
  acrValues: [HIGH],
  pkce: { required: () => true },
  claims: { openid: ["sub", "acr"], profile: Object.keys(PERSON) },
  features: { devInteractions: { enabled: false } },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...PERSON }) }),
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
});

const serve = provider.callback();

async function signIn(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: "anna", clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const grantId = await grant.save();
  const result = { login: { accountId: "anna", acr: HIGH }, consent: { grantId } };
  await provider.interactionFinished(request, response, result);
}

createServer((request, response) =>
  request.url.startsWith("/interaction/") ? signIn(request, response) : serve(request, response),
).listen(port, "127.0.0.1", () => console.log("listening"));
