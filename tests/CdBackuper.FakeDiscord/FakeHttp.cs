using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace CdBackuper.Fakes;

/// <summary>The HTTP side: takes requests apart, plays faults and limits, and answers.</summary>
internal sealed class FakeHttp(FakeDiscord discord)
{
    private const string Prefix = "/api/v10/";

    private readonly FakeRoutes routes = new(discord);
    private readonly Dictionary<string, Queue<long>> counted = [];

    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        path = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path.Replace("/api/", "", StringComparison.Ordinal);
        var request = await ReadAsync(context, path);
        discord.Note(request);
        var fault = discord.TakeFault($"{request.Method} {request.Path}");
        if (fault is { Hangs: true, LosesAnswer: false })
        {
            await HangAsync(context);
            return;
        }

        if (fault is { LosesAnswer: false })
        {
            await WriteAsync(context, fault);
            return;
        }

        if (Refusal(context.Response, request) is { } tooMany)
        {
            await WriteAsync(context, tooMany);
            return;
        }

        var (status, body) = routes.Answer(request);
        if (fault is not null)
        {
            if (fault.Hangs)
            {
                await HangAsync(context);
            }

            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (body is not null)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body.ToJsonString());
        }
    }

    private static Task HangAsync(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private Fault? Refusal(HttpResponse response, SeenRequest request)
    {
        lock (counted)
        {
            var match = discord.Limits.FirstOrDefault(limit => Regex.IsMatch($"{request.Method} {request.Path}", limit.Key));
            if (match.Key is null)
            {
                return null;
            }

            var (count, per) = match.Value;
            var now = TimeProvider.System.GetTimestamp();
            var times = counted.TryGetValue(match.Key, out var queue) ? queue : counted[match.Key] = new();
            while (times.Count > 0 && TimeProvider.System.GetElapsedTime(times.Peek(), now) > per)
            {
                times.Dequeue();
            }

            var after = times.Count == 0 ? per : per - TimeProvider.System.GetElapsedTime(times.Peek(), now);
            var left = count - times.Count - 1;
            response.Headers["X-RateLimit-Bucket"] = $"bucket{match.Key.Length}";
            response.Headers["X-RateLimit-Limit"] = $"{count}";
            response.Headers["X-RateLimit-Remaining"] = $"{Math.Max(0, left)}";
            response.Headers["X-RateLimit-Reset-After"] = after.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
            if (left < 0)
            {
                return Fault.TooMany(after.TotalSeconds, isGlobal: false);
            }

            times.Enqueue(now);
            return null;
        }
    }

    private static async Task WriteAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status;
        context.Response.ContentType = fault.ContentType;
        foreach (var (name, value) in fault.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(fault.Body);
    }

    private static async Task<SeenRequest> ReadAsync(HttpContext context, string path)
    {
        var request = context.Request;
        var files = new List<(string, string, byte[])>();
        JsonNode? body = null;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            body = Json(form["payload_json"].ToString());
            foreach (var file in form.Files)
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes);
                files.Add((file.Name, file.FileName, bytes.ToArray()));
            }
        }
        else
        {
            using var reader = new StreamReader(request.Body);
            body = Json(await reader.ReadToEndAsync());
        }

        return new(
            request.Method, path, request.QueryString.Value ?? "", request.Headers.Authorization, request.Headers.UserAgent, request.ContentType, body, files);
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
