using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Tests.Notices;

/// <summary>A real HTTP server on loopback that keeps what it gets, and answers as it is told.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication server;

    private LoopbackServer(WebApplication server) => this.server = server;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(server.Urls.Single());

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>What it answers; may be changed while it runs. The first one: 200 and an empty object.</summary>
    public Func<Received, HttpContext, Task> Answer { get; set; } = (_, context) => Say(context, 200, "{}");

    /// <param name="port">A port that something listened to before; 0 for any that is free.</param>
    public static async Task<LoopbackServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 64 << 20);
        var application = builder.Build();
        var server = new LoopbackServer(application);
        application.Run(server.TakeAsync);
        await application.StartAsync();
        return server;
    }

    public static async Task Say(HttpContext context, int status, string body, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        if (status != 204)
        {
            await context.Response.WriteAsync(body);
        }
    }

    /// <summary>Never answers, until the other side gives up.</summary>
    public static async Task Hang(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The other side gave up, as it should.
        }
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new Received(
            context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body.ToArray());
        Requests.Enqueue(request);
        await Answer(request, context);
    }

    /// <summary>A request as it came.</summary>
    internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
    {
        public string Text => Encoding.UTF8.GetString(Bytes);
    }
}
