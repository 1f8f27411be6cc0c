package dev.parley.tools.offer;

import dev.parley.tools.Caller;
import jakarta.json.JsonObject;

/** A function that the model can call. Any thread. */
public interface OfferedTool {
    /** What it is called and does. */
    ToolDescription description();

    /** Whether this caller may use it. */
    boolean isFor(Caller caller);

    /**
     * Does it. Blocks; an interrupt means that nobody waits for the result any more.
     *
     * @return what the model gets
     * @throws dev.parley.tools.type.ArgumentException when the arguments do not fit
     * @throws dev.parley.tools.ToolException when it cannot be done, with a sentence for the model
     * @throws Exception whatever else goes wrong, which is not told to the model
     */
    JsonObject call(JsonObject arguments, CallContext context) throws Exception;

    /** The same tool under another name. */
    default OfferedTool renamed(String name) {
        OfferedTool tool = this;
        ToolDescription renamed = description().renamed(name);
        return new OfferedTool() {
            @Override
            public ToolDescription description() {
                return renamed;
            }

            @Override
            public boolean isFor(Caller caller) {
                return tool.isFor(caller);
            }

            @Override
            public JsonObject call(JsonObject arguments, CallContext context) throws Exception {
                return tool.call(arguments, context);
            }
        };
    }
}
