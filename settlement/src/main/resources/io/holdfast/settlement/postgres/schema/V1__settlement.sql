-- What was paid, what was ordered, what is to be paid back, and how far settlement is. Money is in minor units.
-- journal_sequence is that of the command that led to the row.

create table payments (
    payment_id       text        not null,
    hold_id          uuid        not null,
    outcome          text        not null,
    amount_minor     bigint      not null,
    currency         char(3)     not null,
    journal_sequence bigint      not null,
    constraint payments_pkey primary key (payment_id),
    constraint payments_outcome_check check (outcome in ('PAID', 'REFUND_DUE'))
);

-- Reconciliation reads it in the journal's order.
create index payments_journal_sequence_idx on payments (journal_sequence);

create table orders (
    order_id         uuid        not null,
    drop_id          text        not null,
    buyer            text        not null,
    payment_id       text        not null,
    amount_minor     bigint      not null,
    currency         char(3)     not null,
    paid_at          timestamptz not null,
    journal_sequence bigint      not null,
    reacquired       boolean     not null,
    constraint orders_pkey primary key (order_id),
    constraint orders_payment_id_key unique (payment_id),
    constraint orders_journal_sequence_key unique (journal_sequence)
);

-- price_minor is per unit; null where the drop has no prices.
create table order_items (
    order_id    uuid   not null,
    sku         text   not null,
    quantity    int    not null,
    price_minor bigint,
    constraint order_items_pkey primary key (order_id, sku),
    constraint order_items_quantity_check check (quantity > 0)
);

create table refunds (
    payment_id       text        not null,
    hold_id          uuid        not null,
    amount_minor     bigint      not null,
    currency         char(3)     not null,
    reason           text        not null,
    noted_at         timestamptz not null,
    journal_sequence bigint      not null,
    status           text        not null,
    constraint refunds_pkey primary key (payment_id),
    constraint refunds_journal_sequence_key unique (journal_sequence),
    constraint refunds_status_check check (status in ('DUE', 'SETTLED'))
);

-- One row. Whoever settles has put its own writer there and raised the fence; who finds another's there does not settle.
create table settlement_cursor (
    journal_id       uuid        not null,
    journal_sequence bigint      not null,
    journal_position bigint      not null,
    writer           uuid        not null,
    fence            bigint      not null,
    updated_at       timestamptz not null default now(),
    singleton        boolean     not null default true,
    constraint settlement_cursor_pkey primary key (singleton),
    constraint settlement_cursor_singleton_check check (singleton)
);

-- What could not be settled, or contradicts what was settled before: for a person to look at.
create table settlement_quarantine (
    id               bigint      generated always as identity,
    journal_id       uuid        not null,
    journal_sequence bigint      not null,
    kind             text        not null,
    subject          text        not null,
    detail           text        not null,
    noted_at         timestamptz not null default now(),
    constraint settlement_quarantine_pkey primary key (id),
    constraint settlement_quarantine_key unique (journal_id, journal_sequence, kind, subject)
);

-- Paid holds of the snapshot that settlement resynchronises from, until their payments turn up behind them; empty otherwise.
create table settlement_resync_holds (
    hold_id uuid  not null,
    image   bytea not null,
    constraint settlement_resync_holds_pkey primary key (hold_id)
);

-- Messages to the storefront. message_id is the webhook-id; messages of one subject (a hold, or a drop) go out in the order of id.
-- next_attempt_at of a pending one is when it is to be looked at again: the end of a lease while it is being sent.
create table webhook_outbox (
    id               bigint      generated always as identity,
    message_id       text        not null,
    type             text        not null,
    subject          text        not null,
    body             text        not null,
    created_at       timestamptz not null default now(),
    status           text        not null default 'PENDING',
    attempts         int         not null default 0,
    first_attempt_at timestamptz,
    next_attempt_at  timestamptz not null default now(),
    finished_at      timestamptz,
    last_error       text,
    constraint webhook_outbox_pkey primary key (id),
    constraint webhook_outbox_message_id_key unique (message_id),
    constraint webhook_outbox_status_check check (status in ('PENDING', 'DELIVERED', 'DEAD'))
);

-- What is due; what else its subject has; how old the oldest is; what to prune; the dead letters.
create index webhook_outbox_due_idx on webhook_outbox (next_attempt_at, id) where status = 'PENDING';
create index webhook_outbox_subject_idx on webhook_outbox (subject, id) where status = 'PENDING';
create index webhook_outbox_created_idx on webhook_outbox (created_at) where status = 'PENDING';
create index webhook_outbox_finished_idx on webhook_outbox (status, finished_at) where status <> 'PENDING';
create index webhook_outbox_dead_idx on webhook_outbox (id) where status = 'DEAD';
