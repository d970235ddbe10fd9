-- One hold, all or nothing: the key's earlier verdict, the buyer's limit, the stock, the hold with its end.
--
-- KEYS  1 stock of the drop (hash, a field a SKU)   2 units by buyer (hash)   3 the hold   4 the press, if it has a key
-- ARGV  1 buyer   2 buyer's limit, 0 is none   3 ms that the hold lives   4 ms that a refusal is remembered
--       5 what the hold is   6 what was asked   7 the hold's id   8 now, ms   then, for every item: SKU, quantity
--
-- Answers G <left of the first SKU>, S <SKU> <left>, L <units held>, K (the key is another press's), U (no such SKU), or R and
-- the verdict remembered.

local press = KEYS[4]
if press then
  local earlier = redis.call('GET', press)
  if earlier then
    local asked = ARGV[6]
    if string.sub(earlier, 1, #asked + 1) ~= asked .. ' ' then
      return 'K'
    end
    return 'R ' .. string.sub(earlier, #asked + 2)
  end
end

local limit = tonumber(ARGV[2])
local units = 0
if limit > 0 then
  for i = 10, #ARGV, 2 do
    units = units + ARGV[i]
  end
  local held = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or 0)
  if held + units > limit then
    local verdict = 'L ' .. held
    if press then
      redis.call('SET', press, ARGV[6] .. ' ' .. verdict, 'PX', ARGV[4])
    end
    return verdict
  end
end

for i = 9, #ARGV, 2 do
  local left = redis.call('HGET', KEYS[1], ARGV[i])
  if not left then
    return 'U'
  end
  if tonumber(left) < tonumber(ARGV[i + 1]) then
    local verdict = 'S ' .. ARGV[i] .. ' ' .. left
    if press then
      redis.call('SET', press, ARGV[6] .. ' ' .. verdict, 'PX', ARGV[4])
    end
    return verdict
  end
end

local first
for i = 9, #ARGV, 2 do
  local left = redis.call('HINCRBY', KEYS[1], ARGV[i], -ARGV[i + 1])
  first = first or left
end
if limit > 0 then
  redis.call('HINCRBY', KEYS[2], ARGV[1], units)
end
redis.call('SET', KEYS[3], ARGV[5], 'PX', ARGV[3])
if press then
  redis.call('SET', press, ARGV[6] .. ' G ' .. first .. ' ' .. ARGV[7] .. ' ' .. ARGV[8], 'PX', ARGV[3])
end
return 'G ' .. first
