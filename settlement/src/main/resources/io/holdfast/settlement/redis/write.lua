-- Writes holds and stock, and moves the cursor, all or nothing; nothing at all when the token is not the writer's any more.
-- KEYS[1] the cursor. ARGV[1] token; ARGV[2] holds, ARGV[3] stock, both packed; ARGV[4..8] sequence, position, time,
-- updatedAt and journal of the cursor, or ARGV[4] empty to leave the cursor; ARGV[9..] keys to delete as they are.
--
--   hold   kind, 1 byte: 1 write, 2 write whatever is there, 3 delete, 4 set the time to live
--          id, 36 bytes
--          time to live in ms, uint32
--          text, length uint16 before it: items, drop, buyer, status, sequence, expiresAt, a line each
--   stock  1 to write all of it anew, else 0
--          drop, length uint8 before it
--          sequence, uint64
--          SKUs, uint16, and for each its name, length uint8 before it, available, held and sold, uint32
--
-- Returns false and the token that is there when it is another's; otherwise the sequence that the cursor had, and the keys that hold what they
-- should not, and were left so: a later state, or something else altogether.
local cursor = redis.pcall('HMGET', KEYS[1], 'writer', 'sequence')
if cursor.err or cursor[1] ~= ARGV[1] then
    return { false, not cursor.err and cursor[1] or '' }
end
local answer = { cursor[2] or '' }
local unpack_ = struct.unpack

-- Whether a key holds what is older, or the same, or nothing.
local function yields(key, sequence, expiresAt)
    if redis.call('EXISTS', key) == 0 then
        return true
    end
    local there = redis.pcall('HMGET', key, 'sequence', 'expiresAt')
    local number = not there.err and tonumber(there[1] or '')
    if not number or number > sequence then
        return false
    end
    return number < sequence or (there[2] or '') <= expiresAt
end

local holds = ARGV[2]
local at = 1
while at <= #holds do
    local kind, id, ttl, text
    kind, id, ttl, text, at = unpack_('>Bc36I4I2c0', holds, at)
    local key = 'holdfast:hold:' .. id
    if kind == 3 then
        redis.call('DEL', key)
    elseif kind == 4 then
        redis.call('PEXPIRE', key, ttl)
    else
        local items, drop, buyer, status, sequence, expiresAt =
            string.match(text, '^([^\n]*)\n([^\n]*)\n([^\n]*)\n([^\n]*)\n([^\n]*)\n([^\n]*)$')
        if kind == 2 then
            redis.call('DEL', key)
        end
        if kind == 2 or yields(key, tonumber(sequence), expiresAt) then
            redis.call('HSET', key, 'drop', drop, 'buyer', buyer, 'items', items, 'status', status,
                'sequence', sequence, 'expiresAt', expiresAt)
            redis.call('PEXPIRE', key, ttl)
        else
            answer[#answer + 1] = key
        end
    end
end

local stock = ARGV[3]
at = 1
while at <= #stock do
    local whole, drop, sequence, skus
    whole, drop, sequence, skus, at = unpack_('>BBc0I8I2', stock, at)
    local key = 'holdfast:stock:' .. drop
    if whole == 1 then
        redis.call('DEL', key)
    end
    local there = whole == 0 and redis.pcall('HGET', key, 'sequence')
    local number = type(there) == 'string' and tonumber(there)
    local isRight = whole == 1 or (number and number <= sequence)
    if not isRight then
        answer[#answer + 1] = key
    end
    for _ = 1, skus do
        local sku, available, held, sold
        sku, available, held, sold, at = unpack_('>Bc0I4I4I4', stock, at)
        if isRight then
            redis.call('HSET', key, sku .. ':available', available, sku .. ':held', held, sku .. ':sold', sold)
        end
    end
    if isRight then
        redis.call('HSET', key, 'sequence', sequence)
    end
end

for i = 9, #ARGV do
    redis.call('DEL', ARGV[i])
end
if ARGV[4] ~= '' then
    redis.call('HSET', KEYS[1], 'sequence', ARGV[4], 'position', ARGV[5], 'time', ARGV[6], 'updatedAt', ARGV[7],
        'journal', ARGV[8])
end
return answer
