package dev.parley.simulator.wording;

/** What Google sends as {@code searchEntryPoint.renderedContent}: a style sheet and a row of links that look like chips. */
public final class SearchSuggestions {
    private static final String HTML = """
            <style>
            .container {
              align-items: center; border-radius: 8px; display: flex;
              font: 14px/20px Google Sans, Roboto, sans-serif; gap: 8px; padding: 8px 12px;
            }
            .carousel { overflow: auto; scrollbar-width: none; white-space: nowrap; }
            .chip { border: 1px solid; border-radius: 16px; display: inline-block; padding: 5px 16px; text-decoration: none; }
            @media (prefers-color-scheme: light) {
              .container { background: #fafafa; }
              .chip { background: #fff; border-color: #d2d2d2; color: #5e5e5e; }
            }
            @media (prefers-color-scheme: dark) {
              .container { background: #1f1f1f; }
              .chip { background: #2c2c2c; border-color: #3c4043; color: #fff; }
            }
            </style>
            <div class="container">
              <svg width="18" height="18" viewBox="0 0 18 18" fill="none" xmlns="http://www.w3.org/2000/svg">
                <circle cx="8" cy="8" r="6" stroke="#4285f4" stroke-width="2"/><path d="m12 12 5 5" stroke="#4285f4" stroke-width="2"/>
              </svg>
              <div class="carousel"><a class="chip" href="https://example.org/">%s</a></div>
            </div>
            """;

    private SearchSuggestions() {}

    /** For a search of these words. */
    public static String html(String query) {
        return HTML.formatted(query.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
}
