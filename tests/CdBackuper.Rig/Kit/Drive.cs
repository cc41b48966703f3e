using System.Globalization;
using System.Text.Json.Nodes;

namespace CdBackuper.Rig.Kit;

/// <summary>A drive of a test's own, of rig-mmc: a program answers the commands of the kernel's sr driver.</summary>
internal sealed class Drive : IDisposable
{
    private static readonly Lock OneAtATime = new();
    private string? number;

    /// <summary>Plugs it in.</summary>
    public Drive(string product = "DVDRW")
    {
        // The orders keep a list of the drives, which two of them at once would tear.
        lock (OneAtATime)
        {
            var words = Machine.Order("rig-mmc", "add", "--product", product).Trim().Split(' ');
            (number, Path) = (words[0], words[1]);
        }
    }

    /// <summary>Its device in the guest: /dev/srN.</summary>
    public string Path { get; }

    /// <summary>Its name: srN.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsOpen => State["tray_open"]!.GetValue<bool>();

    public JsonNode State => JsonNode.Parse(Order("state"))!;

    /// <summary>Puts a disc in (a description, or an image), and waits until the kernel has seen it.</summary>
    public void Insert(string disc, params IEnumerable<string> faults)
    {
        Order("insert", [disc, .. faults]);
        Machine.Guest($"for i in $(seq 60); do blockdev --getsz {Path} >/dev/null 2>&1 && break; sleep 0.25; done; udevadm settle --timeout=5 || true");
    }

    /// <summary>Puts a disc in, and waits for nothing.</summary>
    public void Push(string disc, params IEnumerable<string> faults) => Order("insert", [disc, .. faults]);

    /// <summary>The host takes the disc out, whatever the guest says.</summary>
    public void TakeOut() => Order("eject");

    public void Set(string name, int value) => Order("set", string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));

    public void Hang() => Order("hang");

    public void GoOn() => Order("hang", "--off");

    /// <summary>Faults of the disc from now on; none for a disc that is well.</summary>
    public void Faults(params IEnumerable<string> faults) => Order("faults", faults);

    /// <param name="also">What is to be done in the guest before another test's drive can get this one's name.</param>
    public void Unplug(string also = "true")
    {
        if (number is not null)
        {
            lock (OneAtATime)
            {
                Machine.Order("rig-mmc", "remove", number);
                Machine.Guest(also);
            }
        }

        number = null;
    }

    public void Dispose() => Unplug();

    private string Order(string order, params IEnumerable<string> words) => Machine.Order("rig-mmc", [order, number!, .. words]);
}
