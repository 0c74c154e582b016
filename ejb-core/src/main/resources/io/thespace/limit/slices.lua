-- KEYS[1]: one caller's calls by slice. ARGV: the limit, a slice's length in milliseconds, slices in a window.
-- Answers whether there was room, how much more there is, and in how many milliseconds there is more.
local limit, length, slices = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slice = math.floor(now / length)
local all = redis.call('HGETALL', KEYS[1])
local used, oldest = 0, slice
for i = 1, #all, 2 do
    local one, count = tonumber(all[i]), tonumber(all[i + 1])
    if one < slice - slices then
        redis.call('HDEL', KEYS[1], all[i])
    else
        used = used + count
        if one < oldest then oldest = one end
    end
end
local room = 0
if used < limit then
    room = 1
    used = used + 1
    redis.call('HINCRBY', KEYS[1], string.format('%d', slice), 1)
    redis.call('PEXPIRE', KEYS[1], (slices + 2) * length)
end
return {room, limit - used, (oldest + slices + 1) * length - now}
