package dev.parley.tools.bean;

import java.lang.reflect.Method;

/** A method that cannot be a tool: which one, why, and what to do. */
final class InvalidToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidToolException(Method method, String why) {
        super(named(method) + " cannot be a @Tool: " + why);
    }

    /** How messages name a method. */
    static String named(Method method) {
        StringBuilder named = new StringBuilder(method.getDeclaringClass().getName())
                .append('.')
                .append(method.getName())
                .append('(');
        for (Class<?> type : method.getParameterTypes()) {
            named.append(named.charAt(named.length() - 1) == '(' ? "" : ", ").append(type.getSimpleName());
        }
        return named.append(')').toString();
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
