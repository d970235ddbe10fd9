-- Makes the caller the one writer of the mirror: what bears an earlier token has no effect from here on.
-- KEYS[1] the cursor; ARGV[1] the new token.
-- Returns what the cursor said before: writer, journal, sequence.
local before = redis.pcall('HMGET', KEYS[1], 'writer', 'journal', 'sequence')
if before.err then
    redis.call('DEL', KEYS[1])
    before = { false, false, false }
end
redis.call('HSET', KEYS[1], 'writer', ARGV[1])
return before
