package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.EditView;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lays an edit over a job's input shape: fields that are given replace those before, fields that are unset go.
 *
 * <p>A new schedule takes the place of the old one with all that belongs to it, new work that of the old work. Of
 * labels and environment single entries are set, or unset as {@code labels.KEY}.
 */
final class RequestMerge {
    private static final RecordComponent[] FIELDS = JobRequest.class.getRecordComponents();
    private static final Set<String> FIXED = Set.of("name", "key", "tenant");
    private static final Set<String> MAPS = Set.of("labels", "env", "limit");
    private static final Set<String> SCHEDULES = Set.of("at", "in", "every", "cron", "after", "manual");
    private static final Set<String> WORKS = Set.of("command", "http", "noop");
    /** Fields that mean something beside certain schedules or works only. */
    private static final Map<String, Set<String>> BELONGS_TO = Map.of(
            "anchor", Set.of("every"),
            "dst", Set.of("cron"),
            "from", Set.of("every", "cron"),
            "until", Set.of("every", "cron"),
            "maxRuns", Set.of("every", "cron"),
            "except", Set.of("every", "cron"),
            "stdin", Set.of("command"),
            "env", Set.of("command"),
            "cwd", Set.of("command"),
            "user", Set.of("command"));

    private final Map<String, @Nullable Object> before;
    private final Map<String, @Nullable Object> after;

    RequestMerge(JobRequest job, JobRequest edit, List<String> unset) {
        before = values(job);
        after = new LinkedHashMap<>(before);
        Map<String, @Nullable Object> given = values(edit);
        refuseFixed(given);
        replaceGroup(given, SCHEDULES);
        replaceGroup(given, WORKS);
        if (given.get("every") != null) {
            after.put("anchor", null);
        }
        given.forEach((field, value) -> {
            if (value != null) {
                after.put(field, MAPS.contains(field) ? merged(after.get(field), value) : value);
            }
        });
        unset.forEach(this::unset);
    }

    private static void refuseFixed(Map<String, @Nullable Object> given) {
        for (String field : FIXED) {
            if (given.get(field) != null) {
                throw new ApiException(
                        ErrorCode.INVALID,
                        "a job keeps its " + field + "; field=" + field,
                        "cancel it and submit another one under the new " + field);
            }
        }
    }

    private void replaceGroup(Map<String, @Nullable Object> given, Set<String> group) {
        List<String> chosen =
                group.stream().filter(field -> given.get(field) != null).toList();
        if (chosen.isEmpty()) {
            return;
        }
        group.forEach(field -> after.put(field, null));
        BELONGS_TO.forEach((field, owners) -> {
            boolean concerned = owners.stream().anyMatch(group::contains);
            if (concerned && chosen.stream().noneMatch(owners::contains)) {
                after.put(field, null);
            }
        });
    }

    private static Map<String, Object> merged(@Nullable Object old, Object given) {
        Map<String, Object> all = new TreeMap<>();
        if (old instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> all.put(String.valueOf(key), Objects.requireNonNull(value)));
        }
        if (given instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> all.put(String.valueOf(key), Objects.requireNonNull(value)));
        }
        return all;
    }

    private void unset(String name) {
        int dot = name.indexOf('.');
        String field = dot < 0 ? name : name.substring(0, dot);
        if (!after.containsKey(field) || (dot >= 0 && !MAPS.contains(field))) {
            throw Field.invalid("no such field to unset; field=" + Texts.excerpt(name));
        }
        if (FIXED.contains(field) || SCHEDULES.contains(field) || WORKS.contains(field)) {
            throw Field.invalid("this field can be replaced, not unset; field=" + field);
        }
        if (dot < 0) {
            after.put(field, null);
        } else if (after.get(field) instanceof Map<?, ?> entries) {
            Map<String, Object> left = merged(entries, Map.of());
            left.remove(name.substring(dot + 1));
            after.put(field, left.isEmpty() ? null : left);
        }
    }

    /** The input shape after the edit. */
    JobRequest request() {
        try {
            Object[] values = Arrays.stream(FIELDS)
                    .map(field -> after.get(field.getName()))
                    .toArray();
            Class<?>[] types =
                    Arrays.stream(FIELDS).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return JobRequest.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the input shape cannot be made", e);
        }
    }

    /** The fields that differ. */
    List<EditView.Changed> changed() {
        List<EditView.Changed> changed = new ArrayList<>();
        before.forEach((field, old) -> {
            Object now = after.get(field);
            if (!Objects.equals(old, now)) {
                changed.add(new EditView.Changed(field, text(old), text(now)));
            }
        });
        return changed;
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case List<?> list ->
                String.join(" ", list.stream().map(String::valueOf).toList());
            case Map<?, ?> map ->
                String.join(
                        " ",
                        map.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .sorted()
                                .toList());
            case JobRequest.Http http -> http.method() + " " + http.url();
            default -> value.toString();
        };
    }

    private static Map<String, @Nullable Object> values(JobRequest request) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent field : FIELDS) {
            try {
                Object value = field.getAccessor().invoke(request);
                values.put(field.getName(), value instanceof Map<?, ?> map ? new TreeMap<>(map) : value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a field cannot be read; field=" + field.getName(), e);
            }
        }
        return values;
    }
}
