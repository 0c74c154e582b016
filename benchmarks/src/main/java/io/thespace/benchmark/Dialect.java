package io.thespace.benchmark;

import java.net.URI;

/** The messages of two servers' protocols over a WebSocket. */
enum Dialect {
    HUB {
        @Override
        URI address(URI base, String token) {
            return socket(base, "/api/v1/ws?token=" + token);
        }

        @Override
        String reply(String frame, String channel) {
            return null;
        }

        @Override
        String join(String channel) {
            return "{\"type\":\"join_channel\",\"channel_id\":\"" + channel + "\"}";
        }

        @Override
        boolean ready(String frame) {
            return frame.startsWith("{\"type\":\"joined\"");
        }

        @Override
        String message(String channel, String text) {
            return "{\"type\":\"message\",\"channel_id\":\"" + channel + "\",\"data\":\"" + text + "\"}";
        }

        @Override
        boolean delivers(String frame) {
            return frame.startsWith("{\"type\":\"message\"");
        }
    },

    /** Socket.IO's protocol 5 over Engine.IO's protocol 4. */
    SOCKET_IO {
        @Override
        URI address(URI base, String token) {
            return socket(base, "/socket.io/?EIO=4&transport=websocket");
        }

        @Override
        String reply(String frame, String channel) {
            if (frame.startsWith("0")) {
                return "40";
            }
            return frame.equals("2") ? "3" : null;
        }

        @Override
        String join(String channel) {
            return "42[\"join\"]";
        }

        @Override
        boolean ready(String frame) {
            return frame.startsWith("42[\"joined\"");
        }

        @Override
        String message(String channel, String text) {
            return "42[\"message\",\"" + text + "\"]";
        }

        @Override
        boolean delivers(String frame) {
            return frame.startsWith("42[\"message\"");
        }
    };

    abstract URI address(URI base, String token);

    /** The protocol's reply to a frame; null for none. */
    abstract String reply(String frame, String channel);

    abstract String join(String channel);

    /** Whether a frame confirms that the channel is joined. */
    abstract boolean ready(String frame);

    abstract String message(String channel, String text);

    abstract boolean delivers(String frame);

    private static URI socket(URI base, String path) {
        return URI.create(base.toString().replaceFirst("http", "ws") + path);
    }
}
