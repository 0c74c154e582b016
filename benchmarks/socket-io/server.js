// A room of Socket.IO: whoever connects is in it, and what one says goes to all. GET /memory tells the heap after a collection.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((request, response) => {
  global.gc();
  response.end(String(process.memoryUsage().heapUsed + process.memoryUsage().external));
});
const io = new Server(http, { transports: ['websocket'], pingInterval: 30000 });
io.on('connection', (socket) => {
  socket.on('join', () => {
    socket.join('room');
    socket.emit('joined');
  });
  socket.on('message', (data) => io.to('room').emit('message', data));
});
http.listen(Number(process.argv[2]), '127.0.0.1');
