package io.thespace.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes log lines through the JDK's {@link System.Logger}, which each server routes to its own log. Every line of a
 * request carries {@code request_id}, {@code session_id}, {@code org_id} and {@code user_id}.
 */
public final class Log {

    private static final ThreadLocal<Actor> ACTOR = new ThreadLocal<>();

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final System.Logger logger;

    private Log(System.Logger logger) {
        this.logger = logger;
    }

    public static Log of(Class<?> type) {
        return new Log(System.getLogger(type.getName()));
    }

    /** From now on this thread's lines are about this actor; null ends that. */
    public static void actor(Actor actor) {
        if (actor == null) {
            ACTOR.remove();
        } else {
            ACTOR.set(actor);
        }
    }

    /**
     * Something worth knowing in normal operation.
     *
     * @param fields names and values in turn
     */
    public void info(String message, Object... fields) {
        write(System.Logger.Level.INFO, message, null, fields);
    }

    /** Something degraded that the platform can live with. */
    public void warning(String message, Object... fields) {
        write(System.Logger.Level.WARNING, message, null, fields);
    }

    /** A defect, or a dependency that is away. */
    public void error(String message, Throwable cause, Object... fields) {
        write(System.Logger.Level.ERROR, message, cause, fields);
    }

    private void write(System.Logger.Level level, String message, Throwable cause, Object... fields) {
        if (logger.isLoggable(level)) {
            logger.log(level, line(message, fields), cause);
        }
    }

    private static String line(String message, Object... fields) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("message", message);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            members.put(String.valueOf(fields[i]), String.valueOf(fields[i + 1]));
        }
        Actor actor = ACTOR.get();
        if (actor != null) {
            members.put("request_id", actor.requestId());
            if (actor.sessionId() != null) {
                members.put("session_id", actor.sessionId());
            }
            if (actor.orgId() != null) {
                members.put("org_id", actor.orgId().toString());
            }
            if (actor.userId() != null) {
                members.put("user_id", actor.userId().toString());
            }
        }
        if (Configuration.get().get(Key.LOG_FORMAT) == Key.LogFormat.JSON) {
            try {
                return Json.MAPPER.writeValueAsString(members);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A map of strings is always JSON", e);
            }
        }
        StringBuilder line = new StringBuilder(message);
        members.remove("message");
        members.forEach((name, value) -> line.append(' ')
                .append(name)
                .append('=')
                .append(CONTROL.matcher(value).replaceAll("?")));
        return line.toString();
    }
}
