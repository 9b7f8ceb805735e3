package dev.kalends.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The stable numbers of an enum's constants in records: their places in a list, which only ever grows at its end. */
public final class EnumCode<E extends Enum<E>> {
    private final List<E> byCode;
    private final Map<E, Integer> codeByValue;

    /** The first constant is the default: it costs nothing. */
    @SafeVarargs
    public EnumCode(Class<E> type, E... inOrder) {
        List<E> values = new ArrayList<>();
        codeByValue = new EnumMap<>(type);
        for (E value : inOrder) {
            codeByValue.put(value, values.size());
            values.add(value);
        }
        byCode = List.copyOf(values);
        if (codeByValue.size() != type.getEnumConstants().length) {
            throw new IllegalStateException("constants without a number; type=" + type.getName());
        }
    }

    public E first() {
        return byCode.getFirst();
    }

    public void write(FieldWriter out, int field, E value) {
        out.number(field, code(value));
    }

    public E read(FieldReader in) {
        return of(in.small());
    }

    public int code(E value) {
        Integer code = codeByValue.get(value);
        if (code == null) {
            throw new IllegalStateException("no number; value=" + value);
        }
        return code;
    }

    private E of(int code) {
        if (code < 0 || code >= byCode.size()) {
            throw FieldReader.damaged(
                    "an unknown constant; type=" + first().getDeclaringClass().getSimpleName() + " code=" + code);
        }
        return byCode.get(code);
    }
}
