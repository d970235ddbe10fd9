-- Reads a page of the mirror's keys, to be compared. Changes nothing.
-- ARGV[1] where to go on, 0 at the beginning; ARGV[2] about how many keys.
-- Returns where to go on, then for each key three things:
--   a hold   the key, its time to live in ms, its text as written, or an empty one when fields are missing or too many
--   a stock  the key, its time to live in ms, the list of its fields and values, empty when it is no hash
local page = redis.call('SCAN', ARGV[1], 'MATCH', 'holdfast:*', 'COUNT', ARGV[2])
local answer = { page[1] }
for _, key in ipairs(page[2]) do
    if string.sub(key, 1, 14) == 'holdfast:hold:' then
        local fields = redis.pcall('HMGET', key, 'items', 'drop', 'buyer', 'status', 'sequence', 'expiresAt')
        local isWhole = not fields.err and redis.call('HLEN', key) == 6
        for i = 1, 6 do
            isWhole = isWhole and fields[i]
        end
        answer[#answer + 1] = key
        answer[#answer + 1] = redis.call('PTTL', key)
        answer[#answer + 1] = isWhole and table.concat(fields, '\n') or ''
    elseif string.sub(key, 1, 15) == 'holdfast:stock:' then
        local fields = redis.pcall('HGETALL', key)
        answer[#answer + 1] = key
        answer[#answer + 1] = redis.call('PTTL', key)
        answer[#answer + 1] = fields.err and {} or fields
    end
end
return answer
