-- KEYS: what is counted, each in a hash by slice of its window. ARGV: slices in a window, an amount, whether it is counted in
-- any case; then of each key its limit and a slice's length in milliseconds.
-- The amount is counted by all keys when all have room for it, else by none; 0 only looks whether there is room for 1.
-- Answers of each key whether there was room, how much more there is, and in how many milliseconds there is more.
-- Beside the slices stand "slice", the one of the latest call, and "used" and "oldest" as of then: all slices are
-- looked through only by the first call of each, since a caller in a hurry makes many in one.
local slices, amount, always = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local seen, all = {}, true
for k, key in ipairs(KEYS) do
    local limit, length = tonumber(ARGV[2 + 2 * k]), tonumber(ARGV[3 + 2 * k])
    local slice = math.floor(now / length)
    local name = string.format('%d', slice)
    local latest = redis.call('HMGET', key, 'slice', 'used', 'oldest')
    local used, oldest = tonumber(latest[2]), tonumber(latest[3])
    if latest[1] ~= name then
        used, oldest = 0, slice
        local counts = redis.call('HGETALL', key)
        for i = 1, #counts, 2 do
            local one, count = tonumber(counts[i]), tonumber(counts[i + 1])
            if one and one < slice - slices then
                redis.call('HDEL', key, counts[i])
            elseif one then
                used = used + count
                if one < oldest then oldest = one end
            end
        end
    end
    local room = used + math.max(amount, 1) <= limit
    all = all and room
    seen[k] = {limit = limit, length = length, name = name, moved = latest[1] ~= name, used = used, oldest = oldest, room = room}
end
local answer = {}
for k, key in ipairs(KEYS) do
    local one = seen[k]
    local counts = amount > 0 and (all or always)
    if counts then
        one.used = one.used + amount
        redis.call('HINCRBY', key, one.name, ARGV[2])
    end
    if counts or one.moved then
        redis.call('HSET', key, 'slice', one.name, 'used', string.format('%d', one.used), 'oldest', string.format('%d', one.oldest))
        redis.call('PEXPIRE', key, (slices + 2) * one.length)
    end
    answer[3 * k - 2] = one.room and 1 or 0
    answer[3 * k - 1] = one.limit - one.used
    answer[3 * k] = (one.oldest + slices + 1) * one.length - now
end
return answer
