-- Times are milliseconds since 1970 UTC. JSON columns hold the records of the same name. `project` is on every table that is anyone's.

create table setting (
    name  text primary key,
    value text not null
);

create table project (
    name       text primary key,
    created_at bigint not null
);
insert into project (name, created_at) values ('default', 0);

create table api_key (
    id         text primary key,
    project    text not null references project (name),
    name       text not null,
    hash       text not null unique,
    hint       text not null,
    role       text not null,
    models     text not null,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint
);

-- A service, or a resource (a one-replica service pinned to a config).
create table service (
    id         text primary key,
    project    text not null references project (name),
    name       text not null,
    kind       text not null,
    spec       text not null,
    model      text not null,
    generation bigint not null,
    deleting   integer not null,
    created_at bigint not null,
    updated_at bigint not null,
    unique (project, name)
);

create table replica (
    id         text primary key,
    project    text not null references project (name),
    service    text not null references service (id),
    ordinal    integer not null,
    state      text not null,
    detail     text not null,
    placement  text not null,
    created_at bigint not null,
    updated_at bigint not null,
    unique (service, ordinal)
);

-- The durable decision to rent, written before the call. `request` is frozen: a retry sends it again, byte by byte.
-- `in_doubt`: a call was made whose answer nobody knows.
create table intent (
    id         text primary key,
    project    text not null references project (name),
    replica    text not null,
    attempt    integer not null,
    cloud      text not null,
    zone       text not null,
    offer      text not null,
    token      text not null unique,
    request    text not null,
    state      text not null,
    in_doubt   integer not null,
    calls      integer not null,
    failure    text,
    created_at bigint not null,
    updated_at bigint not null,
    unique (replica, attempt)
);
create index intent_state on intent (state);
-- Whatever runs beside whatever: a replica never has two intents that may hold a machine for it.
create unique index intent_open on intent (replica) where state in ('ASKING', 'HELD');

create table instance (
    id            text primary key,
    project       text not null references project (name),
    intent        text not null references intent (id),
    cloud         text not null,
    region        text not null,
    zone          text not null,
    value         text not null,
    instance_type text not null,
    market        text not null,
    address       text,
    state         text not null,
    price         text,
    created_at    bigint not null,
    updated_at    bigint not null
);
create index instance_state on instance (state);
create index instance_intent on instance (intent);

create table replica_member (
    replica  text not null references replica (id),
    rank     integer not null,
    instance text references instance (id),
    primary key (replica, rank)
);

create table node (
    id          text primary key,
    project     text not null references project (name),
    instance    text references instance (id),
    key_hash    text not null,
    boot_id     text not null,
    fingerprint text not null,
    state       text not null,
    joined_at   bigint not null,
    updated_at  bigint not null
);
create index node_instance on node (instance);

-- A cloud said no; it holds for its scope until it expires.
create table refusal (
    cloud   text not null,
    scope   text not null,
    kind    text not null,
    code    text not null,
    message text not null,
    times   integer not null,
    until   bigint not null,
    primary key (cloud, scope)
);

create table event (
    seq     integer primary key autoincrement,
    project text not null references project (name),
    at      bigint not null,
    kind    text not null,
    subject text not null,
    message text not null
);

create table idempotency (
    project    text not null references project (name),
    key        text not null,
    body_hash  text not null,
    status     integer not null,
    response   text not null,
    created_at bigint not null,
    primary key (project, key)
);
create index idempotency_age on idempotency (created_at);
