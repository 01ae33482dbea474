-- What a key may be used for, from where, and until when. A key that was a curator's keeps all that it could do,
-- whatever its kind; new keys of kind 'akismet' get check and feedback alone (service/keys.h).
ALTER TABLE api_key ADD COLUMN scopes INTEGER NOT NULL DEFAULT 3 CHECK (scopes BETWEEN 0 AND 15);  -- service/store/key_scopes.h
UPDATE api_key SET scopes = 15 WHERE curator = 1;
ALTER TABLE api_key DROP COLUMN curator;
ALTER TABLE api_key ADD COLUMN networks TEXT NOT NULL DEFAULT '';  -- comma-separated; '': from anywhere
ALTER TABLE api_key ADD COLUMN expires_at INTEGER;
ALTER TABLE api_key ADD COLUMN last_used_at INTEGER;
