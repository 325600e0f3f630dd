/** One project, put together. Everything in it is a cache: what it needs is in SQLite and in the sockets. */
import type { Mode } from "../protocol/mod.ts";
import { type Config, readConfig, type Variables } from "./config.ts";
import { Admission } from "./door/admission.ts";
import { CallerLimits } from "./door/caller_limits.ts";
import { ProjectApi } from "./http/project_api.ts";
import { Sanctions } from "./moderation/sanctions.ts";
import { MEMBERS_ONLY } from "./problems.ts";
import { Dispatcher } from "./room/dispatcher.ts";
import { PrePublish } from "./room/pre_publish.ts";
import { Rooms } from "./room/rooms.ts";
import { SettingsStore } from "./settings.ts";
import { Expiry } from "./sockets/expiry.ts";
import { SessionCloser } from "./sockets/session_closer.ts";
import { Sockets } from "./sockets/sockets.ts";
import { Database } from "./storage/database.ts";
import { Meter } from "./storage/meter.ts";
import { Quota } from "./storage/quota.ts";
import { migrate } from "./storage/schema.ts";
import { Totals } from "./storage/totals.ts";

/** Its rooms, its door and whoever is connected. */
export class Project {
  readonly meter: Meter;
  readonly config: Config;
  readonly database: Database;
  readonly settings: SettingsStore;
  readonly admission: Admission;
  readonly sockets: Sockets;
  readonly closer: SessionCloser;
  readonly rooms: Rooms;
  readonly expiry: Expiry;
  readonly limits: CallerLimits;
  readonly dispatcher: Dispatcher;
  readonly api: ProjectApi;

  constructor(context: DurableObjectState, env: Variables) {
    const project = context.id.name ?? context.id.toString();
    const config = readConfig(env);
    this.config = config;
    const now = () => Date.now();
    const database = new Database(context.storage);
    this.database = database;
    const meter = new Meter(database, now);
    this.meter = meter;
    migrate(database);
    const settings = new SettingsStore(database, config);
    this.settings = settings;
    const sanctions = new Sanctions(database);
    const quota = new Quota(database, config.storageLimit);
    const known = { project, config, settings, sanctions };
    const admission = new Admission({ ...known, database, now });
    this.admission = admission;
    const sockets = new Sockets(context, meter);
    this.sockets = sockets;
    const totals = new Totals({ database, meter, carrier: sockets });
    meter.onRelease((isAtRest) => totals.keep(isAtRest));
    const closer = new SessionCloser({
      sockets,
      leave: (session) => this.rooms.get(session.room).leave(session),
    });
    this.closer = closer;
    const rooms = new Rooms(
      { database, sockets, meter },
      { ...known, closer, quota },
    );
    this.rooms = rooms;
    this.expiry = new Expiry({
      sessions: () => sockets.all(),
      closer,
      setAlarm: (time) => {
        meter.alarmsSet++;
        context.storage.setAlarm(time);
      },
      now,
    });
    this.limits = new CallerLimits({ config, sockets, now });
    const prePublish = new PrePublish({ project, config, settings, now });
    this.dispatcher = new Dispatcher({
      prePublish,
      rooms,
      admission,
      rate: config.rate,
      end: (session, code) => closer.end(session, code),
      refreshed: (session) => this.expiry.watch(session),
      now,
    });
    this.api = new ProjectApi({
      admission,
      callerLimits: this.limits,
      closer,
      database,
      fileLimit: config.fileLimit,
      meter,
      prePublish,
      quota,
      rooms,
      sanctions,
      settings,
      sockets,
      totals,
    });
    settings.onChange(({ mode }, change) => {
      if (change.mode !== undefined) this.#changeMode(mode);
    });
  }

  /** Everybody learns of the mode; in a project for members only the guests leave. */
  #changeMode(mode: Mode): void {
    this.rooms.broadcast({ type: "room", mode });
    if (mode !== "members") return;
    this.closer.dismissWhere(({ member }) => member.guest, MEMBERS_ONLY);
  }
}
