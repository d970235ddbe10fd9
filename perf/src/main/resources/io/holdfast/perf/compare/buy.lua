-- One press of Buy after the other for wrk, each with a buyer and a key of its own. The same bytes for every server.
--
-- Environment: BUY_DROP, BUY_KEY (the API key), BUY_RUN (a word that no other run has).

local head = "POST /v1/drops/" .. os.getenv("BUY_DROP") .. "/holds HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
  .. os.getenv("BUY_KEY") .. "\r\nContent-Type: application/json\r\n"
local run = os.getenv("BUY_RUN")
local format = string.format
local count = 0

-- Built by hand: wrk.format makes a table of headers for every request, and the generator shares the processors.
request = function()
  count = count + 1
  local buyer = format("b-%s-%09d", run, count)
  local body = '{"buyer":"' .. buyer .. '","items":[{"sku":"GA","quantity":1}]}'
  return head .. "Content-Length: " .. #body .. "\r\nIdempotency-Key: press-" .. buyer .. "\r\n\r\n" .. body
end

done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(format("holdfast %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
