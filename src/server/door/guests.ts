/** Guests: nobody knows who they are, but the same guest is recognised by a signed token. */
import { errors, jwtVerify, SignJWT } from "jose";
import type { Problem } from "../../protocol/mod.ts";
import { Hmac, toHex } from "../hmac.ts";
import { TOKEN_EXPIRED, TOKEN_INVALID } from "../problems.ts";
import type { Database } from "../storage/database.ts";
import { randomId, remembered } from "../storage/meta.ts";

/** A guest who was recognised or has just been made. */
export interface Guest {
  readonly id: string;
  /** Proves the same guest on the next connection. */
  readonly token: string;
  /** Whether they have shown that they are a person. */
  readonly human?: boolean;
}

const ALGORITHM = "HS256";
const LIFETIME = "400 days";
const DAY = 86_400;
/** A token younger than this is given back as it is, which saves a signature per join. */
const RENEW_AFTER = 30 * DAY;
const KEY_BYTES = 32;
const ID_BYTES = 12;

/** Issues and checks the guest tokens of one project; the key never leaves its object. */
export class Guests {
  readonly #audience: string;
  readonly #hmac: Hmac;

  constructor(database: Database, project: string) {
    const secret = () =>
      remembered(database, "guest_key", () => randomId(KEY_BYTES));
    this.#hmac = new Hmac(() => new TextEncoder().encode(secret()));
    this.#audience = `project-chat:guest:${project}`;
  }

  /** The guest that `token` proves; a problem when it proves none. */
  async recognise(token: string): Promise<Guest | Problem> {
    try {
      const { payload } = await jwtVerify(token, await this.#hmac.key, {
        algorithms: [ALGORITHM],
        audience: this.#audience,
        requiredClaims: ["exp", "iat", "sub"],
      });
      const { sub = "", iat = 0 } = payload;
      const human = payload["human"] === true;
      const fresh = Date.now() / 1000 - iat < RENEW_AFTER;
      return fresh ? { id: sub, token, human } : await this.#issue(sub, human);
    } catch (error) {
      return error instanceof errors.JWTExpired ? TOKEN_EXPIRED : TOKEN_INVALID;
    }
  }

  /** Somebody new. */
  create(): Promise<Guest> {
    return this.#issue(`g_${randomId(ID_BYTES)}`);
  }

  /** The guest `id`, who is a person. */
  promote(id: string): Promise<Guest> {
    return this.#issue(id, true);
  }

  /**
   * Id of the guest who makes one HTTP send without a token. Whoever repeats the request
   * is the same guest, so that it is stored once; they get no token, because the nonce
   * that makes them this guest can be read by everybody, and are nobody in another room.
   */
  async idFor(room: string, nonce: string): Promise<string> {
    const signature = await this.#hmac.sign(`send ${room} ${nonce}`);
    return `g_${toHex(signature.subarray(0, ID_BYTES))}`;
  }

  async #issue(id: string, human = false): Promise<Guest> {
    const token = await new SignJWT(human ? { human } : {})
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setSubject(id)
      .setAudience(this.#audience)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(await this.#hmac.key);
    return { id, token, human };
  }
}
