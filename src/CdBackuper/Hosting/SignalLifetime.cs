using Microsoft.Extensions.Hosting;

namespace CdBackuper.Hosting;

/// <summary>Ends the host at Ctrl-C, SIGTERM or SIGHUP.</summary>
internal sealed class SignalLifetime(IHostApplicationLifetime lifetime, Interruption interruption) : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        interruption.Token.Register(lifetime.StopApplication);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
