package dev.kalends.api;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.json.PropertyNames;
import io.avaje.json.core.CoreTypes;
import io.avaje.json.stream.JsonOutput;
import io.avaje.json.stream.JsonStream;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The generated adapters of this package's records, made when first asked for.
 *
 * <p>The library's own registry prepares all it knows at start. Measured to the first request read: 120 ms cold and 34
 * from an AOT cache; this one 55 and 3. It serves the generated adapters only, so the rest of {@link Jsonb} is refused.
 */
final class Adapters implements Jsonb {
    private static final String PREFIX = Adapters.class.getPackageName() + ".";

    private final JsonStream stream;
    private final Map<Type, JsonAdapter<?>> adapterByType = new ConcurrentHashMap<>();

    Adapters(JsonStream stream) {
        this.stream = stream;
    }

    @Override
    // The map keeps each adapter under its own type.
    @SuppressWarnings("unchecked")
    public <T> JsonAdapter<T> adapter(Type type) {
        JsonAdapter<?> known = adapterByType.get(type);
        if (known == null) {
            known = make(type);
            adapterByType.put(type, known);
        }
        return (JsonAdapter<T>) known;
    }

    @Override
    public <T> JsonAdapter<T> adapter(Class<T> type) {
        return adapter((Type) type);
    }

    private JsonAdapter<?> make(Type type) {
        if (type == Integer.class || type == int.class) {
            return new IntegerAdapter();
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? CoreTypes.createList(adapter(arguments[0])).nullSafe()
                    : CoreTypes.createMap(adapter(arguments[1])).nullSafe();
        }
        String name = type.getTypeName();
        return name.startsWith(PREFIX) ? record(name.substring(PREFIX.length())).nullSafe() : CoreTypes.create(type);
    }

    /** The adapter of a record of this package; a test walks the package, so none can be forgotten. */
    private JsonAdapter<?> record(String name) {
        return name.charAt(0) < 'M' ? early(name) : late(name);
    }

    private JsonAdapter<?> early(String name) {
        return switch (name) {
            case "ActionPage" -> new ActionPageJsonAdapter(this);
            case "ActionResult" -> new ActionResultJsonAdapter(this);
            case "AlertView" -> new AlertViewJsonAdapter(this);
            case "AttemptView" -> new AttemptViewJsonAdapter(this);
            case "BackfillRequest" -> new BackfillRequestJsonAdapter(this);
            case "BackfillView" -> new BackfillViewJsonAdapter(this);
            case "BackupRequest" -> new BackupRequestJsonAdapter(this);
            case "CheckView" -> new CheckViewJsonAdapter(this);
            case "ChecksPage" -> new ChecksPageJsonAdapter(this);
            case "ClaimAnswer" -> new ClaimAnswerJsonAdapter(this);
            case "ClaimRequest" -> new ClaimRequestJsonAdapter(this);
            case "DeadAnswer" -> new DeadAnswerJsonAdapter(this);
            case "DeadGroup" -> new DeadGroupJsonAdapter(this);
            case "DeadPage" -> new DeadPageJsonAdapter(this);
            case "DeadRequest" -> new DeadRequestJsonAdapter(this);
            case "DeedPage" -> new DeedPageJsonAdapter(this);
            case "DeedView" -> new DeedViewJsonAdapter(this);
            case "HandoffView" -> new HandoffViewJsonAdapter(this);
            case "HandoffView$Failure" -> new HandoffView$FailureJsonAdapter(this);
            case "HandoffView$Late" -> new HandoffView$LateJsonAdapter(this);
            case "HandoffView$Omission" -> new HandoffView$OmissionJsonAdapter(this);
            case "DeadView" -> new DeadViewJsonAdapter(this);
            case "EditView" -> new EditViewJsonAdapter(this);
            case "EditView$Changed" -> new EditView$ChangedJsonAdapter(this);
            case "ErrorBody" -> new ErrorBodyJsonAdapter(this);
            case "ErrorBody$Detail" -> new ErrorBody$DetailJsonAdapter(this);
            case "EventView" -> new EventViewJsonAdapter(this);
            case "FirePage" -> new FirePageJsonAdapter(this);
            case "FireView" -> new FireViewJsonAdapter(this);
            case "ForecastView" -> new ForecastViewJsonAdapter(this);
            case "ForecastView$Peak" -> new ForecastView$PeakJsonAdapter(this);
            case "ForecastView$Share" -> new ForecastView$ShareJsonAdapter(this);
            case "ForecastView$Splay" -> new ForecastView$SplayJsonAdapter(this);
            case "ForecastView$Wall" -> new ForecastView$WallJsonAdapter(this);
            case "Grant" -> new GrantJsonAdapter(this);
            case "JobPage" -> new JobPageJsonAdapter(this);
            case "JobRequest" -> new JobRequestJsonAdapter(this);
            case "JobRequest$Http" -> new JobRequest$HttpJsonAdapter(this);
            case "JobView" -> new JobViewJsonAdapter(this);
            case "LeaseName" -> new LeaseNameJsonAdapter(this);
            case "LeaseView" -> new LeaseViewJsonAdapter(this);
            default -> throw unknown(name);
        };
    }

    private JsonAdapter<?> late(String name) {
        return switch (name) {
            case "MinutesView" -> new MinutesViewJsonAdapter(this);
            case "MinutesView$Minute" -> new MinutesView$MinuteJsonAdapter(this);
            case "NodePage" -> new NodePageJsonAdapter(this);
            case "NodeView" -> new NodeViewJsonAdapter(this);
            case "OutputView" -> new OutputViewJsonAdapter(this);
            case "PartitionPage" -> new PartitionPageJsonAdapter(this);
            case "PartitionView" -> new PartitionViewJsonAdapter(this);
            case "PauseRequest" -> new PauseRequestJsonAdapter(this);
            case "PauseView" -> new PauseViewJsonAdapter(this);
            case "PeerDigest" -> new PeerDigestJsonAdapter(this);
            case "PeerFigures" -> new PeerFiguresJsonAdapter(this);
            case "PeerLeases" -> new PeerLeasesJsonAdapter(this);
            case "PeerPartition" -> new PeerPartitionJsonAdapter(this);
            case "PeerStatus" -> new PeerStatusJsonAdapter(this);
            case "QueuePage" -> new QueuePageJsonAdapter(this);
            case "QueueView" -> new QueueViewJsonAdapter(this);
            case "RedriveView" -> new RedriveViewJsonAdapter(this);
            case "RenewAnswer" -> new RenewAnswerJsonAdapter(this);
            case "RenewRequest" -> new RenewRequestJsonAdapter(this);
            case "RenewRequest$Held" -> new RenewRequest$HeldJsonAdapter(this);
            case "ReplicaPage" -> new ReplicaPageJsonAdapter(this);
            case "ReplicaView" -> new ReplicaViewJsonAdapter(this);
            case "ReportAnswer" -> new ReportAnswerJsonAdapter(this);
            case "ReportRequest" -> new ReportRequestJsonAdapter(this);
            case "ReportRequest$Report" -> new ReportRequest$ReportJsonAdapter(this);
            case "RunPage" -> new RunPageJsonAdapter(this);
            case "RunView" -> new RunViewJsonAdapter(this);
            case "ScheduleView" -> new ScheduleViewJsonAdapter(this);
            case "SimulateAnswer" -> new SimulateAnswerJsonAdapter(this);
            case "SimulateAnswer$Busiest" -> new SimulateAnswer$BusiestJsonAdapter(this);
            case "SimulateAnswer$Counts" -> new SimulateAnswer$CountsJsonAdapter(this);
            case "SimulateAnswer$Job" -> new SimulateAnswer$JobJsonAdapter(this);
            case "SimulateAnswer$Starts" -> new SimulateAnswer$StartsJsonAdapter(this);
            case "SimulateAnswer$Verdict" -> new SimulateAnswer$VerdictJsonAdapter(this);
            case "SimulateRequest" -> new SimulateRequestJsonAdapter(this);
            case "SimulateRequest$Outage" -> new SimulateRequest$OutageJsonAdapter(this);
            case "StatsView" -> new StatsViewJsonAdapter(this);
            case "StatsView$Ledger" -> new StatsView$LedgerJsonAdapter(this);
            case "StatsView$Precision" -> new StatsView$PrecisionJsonAdapter(this);
            case "StatsView$Rates" -> new StatsView$RatesJsonAdapter(this);
            case "StatsView$Skew" -> new StatsView$SkewJsonAdapter(this);
            case "StatsView$Stage" -> new StatsView$StageJsonAdapter(this);
            case "SubmitResult" -> new SubmitResultJsonAdapter(this);
            case "TenantPage" -> new TenantPageJsonAdapter(this);
            case "TenantView" -> new TenantViewJsonAdapter(this);
            case "WhyView" -> new WhyViewJsonAdapter(this);
            case "WhyView$Ledger" -> new WhyView$LedgerJsonAdapter(this);
            case "WhyView$Stage" -> new WhyView$StageJsonAdapter(this);
            case "WorkerPage" -> new WorkerPageJsonAdapter(this);
            case "WorkerView" -> new WorkerViewJsonAdapter(this);
            default -> throw unknown(name);
        };
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("no JSON adapter; record=" + name);
    }

    @Override
    public JsonReader reader(String json) {
        return stream.reader(json);
    }

    @Override
    public JsonReader reader(byte[] json) {
        return stream.reader(json);
    }

    @Override
    public JsonReader reader(Reader json) {
        return stream.reader(json);
    }

    @Override
    public JsonReader reader(InputStream json) {
        return stream.reader(json);
    }

    @Override
    public JsonWriter writer(Writer out) {
        return stream.writer(out);
    }

    @Override
    public JsonWriter writer(OutputStream out) {
        return stream.writer(out);
    }

    @Override
    public JsonWriter writer(JsonOutput out) {
        return stream.writer(out);
    }

    @Override
    public PropertyNames properties(String... names) {
        return stream.properties(names);
    }

    @Override
    public boolean hasAdapter(Class<?> type) {
        return hasAdapter((Type) type);
    }

    @Override
    public boolean hasAdapter(Type type) {
        return adapterByType.containsKey(type);
    }

    @Override
    public String toJson(Object value) {
        throw refused();
    }

    @Override
    public String toJsonPretty(Object value) {
        throw refused();
    }

    @Override
    public byte[] toJsonBytes(Object value) {
        throw refused();
    }

    @Override
    public void toJson(Object value, Writer out) {
        throw refused();
    }

    @Override
    public void toJson(Object value, OutputStream out) {
        throw refused();
    }

    @Override
    public void toJson(Object value, JsonWriter out) {
        throw refused();
    }

    @Override
    public void toJson(Object value, JsonOutput out) {
        throw refused();
    }

    @Override
    public <T> JsonType<T> type(Class<T> type) {
        throw refused();
    }

    @Override
    public <T> JsonType<T> type(Type type) {
        throw refused();
    }

    @Override
    public <T> JsonType<T> typeOf(Object value) {
        throw refused();
    }

    @Override
    public <T> JsonAdapter<T> customAdapter(Class<? extends JsonAdapter<?>> type) {
        throw refused();
    }

    @Override
    public JsonAdapter<String> rawAdapter() {
        throw refused();
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("read and write JSON by dev.kalends.api.Json");
    }
}
