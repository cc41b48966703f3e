namespace CdBackuper.Fakes;

/// <summary>What a request gets in place of its answer.</summary>
public sealed record Fault
{
    private Fault()
    {
    }

    public int Status { get; private init; }

    public string Body { get; private init; } = "";

    public string ContentType { get; private init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>True where no answer comes, for as long as the caller waits.</summary>
    public bool Hangs { get; private init; }

    /// <summary>True where the request is done, and its answer is lost with the connection.</summary>
    public bool LosesAnswer { get; private init; }

    public static Fault Hang { get; } = new() { Hangs = true };

    public static Fault LoseAnswer { get; } = new() { LosesAnswer = true };

    /// <summary>The request is done, and the caller does not hear of it for as long as it waits.</summary>
    public static Fault DoneAndHang { get; } = new() { LosesAnswer = true, Hangs = true };

    public static Fault Json(int status, int code, string message) =>
        new() { Status = status, Body = $$"""{"message": "{{message}}", "code": {{code}}}""" };

    /// <summary>Discord's own 429: fractions of seconds.</summary>
    public static Fault TooMany(double seconds, bool isGlobal) => new()
    {
        Status = 429,
        Body = FormattableString.Invariant(
            $$"""{"message": "You are being rate limited.", "retry_after": {{seconds}}, "global": {{(isGlobal ? "true" : "false")}}}"""),
        Headers = isGlobal
            ? new Dictionary<string, string> { ["Retry-After"] = "1", ["X-RateLimit-Global"] = "true" }
            : new Dictionary<string, string> { ["Retry-After"] = "1" },
    };

    /// <summary>Cloudflare's 429: a page, and whole seconds in the header alone.</summary>
    public static Fault CloudflarePage(int seconds) => new()
    {
        Status = 429,
        Body = "<html><title>Access denied | discord.com used Cloudflare to restrict access</title></html>",
        ContentType = "text/html",
        Headers = new Dictionary<string, string> { ["Retry-After"] = $"{seconds}" },
    };

    public static Fault Page(int status) => new() { Status = status, Body = "<html>bad gateway</html>", ContentType = "text/html" };

    public static Fault Redirect(string url) => new() { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = url } };
}
