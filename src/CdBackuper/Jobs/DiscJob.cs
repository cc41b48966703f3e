using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>One disc to be done.</summary>
/// <param name="Drive">The drive it lies in.</param>
/// <param name="OnProgress">Told how far it is; from several threads.</param>
internal sealed record DiscJob(IDrive Drive, Action<DiscProgress> OnProgress)
{
    /// <summary>True to keep the image of a whole disc as well.</summary>
    public bool KeepImage { get; init; }

    /// <summary>Damage that is simulated; null for none.</summary>
    public SimulatedDamage? Damage { get; init; }

    /// <summary>How our own reads of the disc went.</summary>
    public ReadTrouble Trouble { get; init; } = new();

    /// <returns>The disc as it is to be read: watched, and with the simulated damage, if any.</returns>
    public ISectorSource ReadableOf(IDisc disc) =>
        Trouble.Watch(Damage is null ? disc : new DamagedSectors(disc, Damage.Readable));
}
