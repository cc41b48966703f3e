using System.Globalization;
using System.Net.Http.Headers;

namespace CdBackuper.Notices.Discord;

/// <summary>
/// How long a request has to wait, from what Discord said before (API reference, Rate Limits). Nothing is assumed: limits come from
/// headers alone. A limit belongs to method, route, the bucket that Discord names, and the channel or webhook.
/// </summary>
/// <param name="clock">Its monotonic part is used.</param>
internal sealed class RateLimits(TimeProvider clock)
{
    /// <summary>More routes than there ever are: ids in routes are names, so this is a few per channel.</summary>
    private const int MaxKnown = 1000;

    /// <summary>Discord says it in whole milliseconds; who comes one too early is refused.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, string> buckets = [];
    private readonly Dictionary<string, Hold> holds = [];
    private Hold everything;

    /// <returns>How long to wait before the request may go out; zero for not at all.</returns>
    public TimeSpan WaitFor(DiscordRequest request)
    {
        var own = holds.TryGetValue(KeyOf(request), out var hold) ? Left(hold) : TimeSpan.Zero;
        return own > Left(everything) ? own : Left(everything);
    }

    /// <summary>Takes over what the headers of an answer say.</summary>
    public void Learn(DiscordRequest request, HttpResponseHeaders headers)
    {
        if (holds.Count > MaxKnown)
        {
            holds.Clear();
            buckets.Clear();
        }

        if (Text(headers, "X-RateLimit-Bucket") is { Length: > 0 } bucket)
        {
            buckets[RouteOf(request)] = bucket;
        }

        if (Number(headers, "X-RateLimit-Remaining") is <= 0 && Number(headers, "X-RateLimit-Reset-After") is { } after)
        {
            holds[KeyOf(request)] = For(TimeSpan.FromSeconds(Math.Clamp(after, 0, 3600)) + Margin);
        }
    }

    /// <summary>A 429: nothing of this bucket goes out for so long, or nothing at all.</summary>
    public void Block(DiscordRequest request, TimeSpan time, bool isGlobal)
    {
        if (isGlobal)
        {
            everything = For(time);
        }
        else
        {
            holds[KeyOf(request)] = For(time);
        }
    }

    /// <returns>What the header says; null where it is missing or says nothing.</returns>
    public static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;

    private static string RouteOf(DiscordRequest request) => $"{request.Method} {request.Route} {request.Major}";

    private string KeyOf(DiscordRequest request) =>
        buckets.TryGetValue(RouteOf(request), out var bucket) ? $"{bucket} {request.Major}" : RouteOf(request);

    private Hold For(TimeSpan time) => new(clock.GetTimestamp(), time);

    private TimeSpan Left(Hold hold)
    {
        var left = hold.Time - clock.GetElapsedTime(hold.Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private readonly record struct Hold(long Since, TimeSpan Time);
}
