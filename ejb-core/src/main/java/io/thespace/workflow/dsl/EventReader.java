package io.thespace.workflow.dsl;

import io.thespace.workflow.document.StepModel.Awaited;
import io.thespace.workflow.dsl.Place.Named;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which events a workflow or a task listens to. */
final class EventReader {

    /** The source of all events of workflows. */
    static final String SOURCE = "/workflows";

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_.]{0,99}");
    private static final int MAX_SOURCE = 200;
    private static final int MAX_EVENTS = 20;
    private static final Set<String> SUBJECT = Set.of(".subject", "${ .subject }", "${.subject}");

    /** An event's type; empty when it is refused. */
    static String type(Place place) {
        String type = place.needed();
        if (!type.isEmpty() && !TYPE.matcher(type).matches()) {
            place.refuse("must be a type of letters in lower case, digits, '_' and '.', at most 100");
        }
        return type;
    }

    /** The filters of a consumption strategy: one, or all of several. */
    List<Place> filters(Place to) {
        if (!to.object("one", "any", "all", "until")) {
            return List.of();
        }
        to.at("until").notSupported("a task listens to a fixed number of events");
        if (to.node().size() != 1) {
            to.refuse("needs one of one, any and all");
            return List.of();
        }
        if (to.has("one")) {
            return List.of(to.at("one"));
        }
        Place events = to.at(to.has("any") ? "any" : "all");
        if (!events.list()) {
            return List.of();
        }
        if (to.has("any") && events.node().size() > 1) {
            events.notSupported("a run waits for one event at a time; any has one filter");
        }
        if (events.node().size() > MAX_EVENTS) {
            events.refuse("has more than %d events".formatted(MAX_EVENTS));
        }
        return events.items();
    }

    /** Reads the event that starts a run. */
    Awaited starting(Place filter) {
        Place with = properties(filter);
        if (with == null) {
            return null;
        }
        filter.at("correlate").notSupported("an event that starts a run is correlated with none");
        String when = data(with, Scope.WORKFLOW);
        String subject = with.at("subject").text();
        if (subject != null) {
            String is = "(.subject == %s)".formatted(JqText.quoted(subject));
            when = when == null ? is : is + " and " + when;
        }
        return new Awaited(type(with.at("type")), source(with), null, when);
    }

    /** Reads the event that lets a run continue. */
    Awaited awaited(Place filter, Scope scope) {
        Place with = properties(filter);
        if (with == null) {
            return null;
        }
        String subject = with.has("subject") ? JqText.template(with.at("subject"), scope.variables()) : null;
        for (Named correlation : filter.at("correlate").members()) {
            Place one = correlation.place();
            if (!one.object("from", "expect")) {
                continue;
            }
            if (!SUBJECT.contains(one.at("from").node().asText()) || !one.has("expect") || subject != null) {
                one.notSupported("events are correlated by their subject once: from .subject, with an expect");
            } else {
                subject = JqText.template(one.at("expect"), scope.variables());
            }
        }
        if (subject == null) {
            filter.refuse(
                    "needs with.subject, or a correlation from .subject: a run waits for the event of one subject");
        }
        return new Awaited(type(with.at("type")), source(with), subject, data(with, scope));
    }

    private static Place properties(Place filter) {
        if (!filter.object("with", "correlate")) {
            return null;
        }
        Place with = filter.at("with");
        if (!with.object("id", "source", "type", "time", "subject", "datacontenttype", "dataschema", "data")) {
            return null;
        }
        for (String member : List.of("id", "time", "datacontenttype", "dataschema")) {
            with.at(member).notSupported("events are filtered by type, source, subject and data");
        }
        return with;
    }

    private static String source(Place with) {
        String source = with.at("source").text();
        if (source != null && source.length() > MAX_SOURCE) {
            with.at("source").refuse("is longer than %d characters".formatted(MAX_SOURCE));
        }
        return source;
    }

    /** The condition over the event's data; null for none. It sees no variables: it is evaluated where the event is delivered. */
    private static String data(Place with, Scope scope) {
        Place data = with.at("data");
        if (data.node().isMissingNode()) {
            return null;
        }
        if (!data.node().isTextual() || !data.node().textValue().strip().startsWith("${")) {
            data.notSupported("it is an expression that is true or false, such as ${ .amount > 100 }");
            return null;
        }
        if (data.node().textValue().matches("(?s).*\\$(?!\\{).*")) {
            data.refuse("sees the event's data alone, and no variables");
        }
        return "(.data | (%s))".formatted(JqText.expression(data, scope.variables()));
    }
}
