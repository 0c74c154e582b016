-- A refresh token that its client presents again at once gets the successor that it got before: only who holds the token can read
-- it. And a password's hash is replaced once it is known to be made of a text that was not normalised.

alter table core.refresh_tokens add column successor text check (length(successor) = 43), -- 32 bytes, base64url
    add column used_from text check (length(used_from) = 43); -- SHA-256 of the token's hash and the client's network, base64url
grant update (successor, used_from) on core.refresh_tokens to ${app_role};
grant update (password_hash, version) on core.users to ${app_role};
