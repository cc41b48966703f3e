using System.Diagnostics.Metrics;

namespace CdBackuper.Hosting;

/// <summary>Where this process counts: one meter for all rooms.</summary>
internal sealed class Figures : IDisposable
{
    /// <summary>The meter's name, by which an exporter finds it.</summary>
    public const string Name = "CdBackuper";

    public Meter Meter { get; } = new(Name, typeof(Figures).Assembly.GetName().Version!.ToString(3));

    public void Dispose() => Meter.Dispose();
}
