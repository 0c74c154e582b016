-- The files of ONNX models, which run in the nodes' own processes. The platform's, like their models.
create table core.gateway_model_files (
    model text primary key references core.gateway_models (name) on delete cascade,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes integer not null check (bytes > 0),
    signature text not null check (length(signature) <= 1000000), -- JSON: what its inputs and outputs are
    content bytea not null
);

-- Weights do not get smaller.
alter table core.gateway_model_files alter column content set storage external;

grant select, insert, delete on core.gateway_model_files to ${app_role};
grant update (sha256, bytes, signature, content) on core.gateway_model_files to ${app_role};
