-- KEYS[1]: one caller's calls by slice. ARGV: the limit, a slice's length in milliseconds, slices in a window.
-- Answers whether there was room, how much more there is, and in how many milliseconds there is more.
-- Beside the slices stand "slice", the one of the latest call, and "used" and "oldest" as of then: all slices are
-- looked through only by the first call of each, since a caller in a hurry makes many in one.
local limit, length, slices = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slice = math.floor(now / length)
local name = string.format('%d', slice)
local latest = redis.call('HMGET', KEYS[1], 'slice', 'used', 'oldest')
local used, oldest = tonumber(latest[2]), tonumber(latest[3])
if latest[1] ~= name then
    used, oldest = 0, slice
    local all = redis.call('HGETALL', KEYS[1])
    for i = 1, #all, 2 do
        local one, count = tonumber(all[i]), tonumber(all[i + 1])
        if one and one < slice - slices then
            redis.call('HDEL', KEYS[1], all[i])
        elseif one then
            used = used + count
            if one < oldest then oldest = one end
        end
    end
end
local room = 0
if used < limit then
    room = 1
    used = used + 1
    redis.call('HINCRBY', KEYS[1], name, 1)
end
if room == 1 or latest[1] ~= name then
    redis.call('HSET', KEYS[1], 'slice', name, 'used', used, 'oldest', string.format('%d', oldest))
    redis.call('PEXPIRE', KEYS[1], (slices + 2) * length)
end
return {room, limit - used, (oldest + slices + 1) * length - now}
