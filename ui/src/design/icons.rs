//! Icons: code points of the Phosphor regular face in `icons/`, by their Phosphor names.
//!
//! Written by `assets/build.py`, which holds the list and cuts the face to it; not edited by hand.

/// `airplane`
pub const AIRPLANE: &str = "\u{e002}";

/// `anchor`
pub const ANCHOR: &str = "\u{e514}";

/// `arrow-bend-down-left`
pub const ARROW_BEND_DOWN_LEFT: &str = "\u{e018}";

/// `arrow-clockwise`
pub const ARROW_CLOCKWISE: &str = "\u{e036}";

/// `arrow-counter-clockwise`
pub const ARROW_COUNTER_CLOCKWISE: &str = "\u{e038}";

/// `arrow-down`
pub const ARROW_DOWN: &str = "\u{e03e}";

/// `arrow-left`
pub const ARROW_LEFT: &str = "\u{e058}";

/// `arrow-right`
pub const ARROW_RIGHT: &str = "\u{e06c}";

/// `arrow-square-out`
pub const ARROW_SQUARE_OUT: &str = "\u{e5de}";

/// `arrow-up`
pub const ARROW_UP: &str = "\u{e08e}";

/// `arrows-clockwise`
pub const ARROWS_CLOCKWISE: &str = "\u{e094}";

/// `arrows-down-up`
pub const ARROWS_DOWN_UP: &str = "\u{e098}";

/// `arrows-in`
pub const ARROWS_IN: &str = "\u{e09a}";

/// `arrows-out`
pub const ARROWS_OUT: &str = "\u{e0a2}";

/// `barcode`
pub const BARCODE: &str = "\u{e0b8}";

/// `barricade`
pub const BARRICADE: &str = "\u{e948}";

/// `bell`
pub const BELL: &str = "\u{e0ce}";

/// `bell-ringing`
pub const BELL_RINGING: &str = "\u{e5e8}";

/// `binoculars`
pub const BINOCULARS: &str = "\u{ea64}";

/// `biohazard`
pub const BIOHAZARD: &str = "\u{e9e0}";

/// `boat`
pub const BOAT: &str = "\u{e786}";

/// `books`
pub const BOOKS: &str = "\u{e758}";

/// `calendar`
pub const CALENDAR: &str = "\u{e108}";

/// `calendar-dots`
pub const CALENDAR_DOTS: &str = "\u{e7b4}";

/// `camera`
pub const CAMERA: &str = "\u{e10e}";

/// `caret-down`
pub const CARET_DOWN: &str = "\u{e136}";

/// `caret-left`
pub const CARET_LEFT: &str = "\u{e138}";

/// `caret-right`
pub const CARET_RIGHT: &str = "\u{e13a}";

/// `caret-up`
pub const CARET_UP: &str = "\u{e13c}";

/// `caret-up-down`
pub const CARET_UP_DOWN: &str = "\u{e140}";

/// `chart-bar`
pub const CHART_BAR: &str = "\u{e150}";

/// `chart-line-up`
pub const CHART_LINE_UP: &str = "\u{e156}";

/// `chat-circle`
pub const CHAT_CIRCLE: &str = "\u{e168}";

/// `chat-text`
pub const CHAT_TEXT: &str = "\u{e17a}";

/// `check`
pub const CHECK: &str = "\u{e182}";

/// `check-circle`
pub const CHECK_CIRCLE: &str = "\u{e184}";

/// `check-square`
pub const CHECK_SQUARE: &str = "\u{e186}";

/// `circle`
pub const CIRCLE: &str = "\u{e18a}";

/// `circle-dashed`
pub const CIRCLE_DASHED: &str = "\u{e602}";

/// `circle-half`
pub const CIRCLE_HALF: &str = "\u{e18c}";

/// `circle-notch`
pub const CIRCLE_NOTCH: &str = "\u{eb44}";

/// `clipboard`
pub const CLIPBOARD: &str = "\u{e196}";

/// `clipboard-text`
pub const CLIPBOARD_TEXT: &str = "\u{e198}";

/// `clock`
pub const CLOCK: &str = "\u{e19a}";

/// `clock-countdown`
pub const CLOCK_COUNTDOWN: &str = "\u{ed2c}";

/// `clock-counter-clockwise`
pub const CLOCK_COUNTER_CLOCKWISE: &str = "\u{e1a0}";

/// `cloud`
pub const CLOUD: &str = "\u{e1aa}";

/// `cloud-arrow-down`
pub const CLOUD_ARROW_DOWN: &str = "\u{e1ac}";

/// `cloud-arrow-up`
pub const CLOUD_ARROW_UP: &str = "\u{e1ae}";

/// `cloud-check`
pub const CLOUD_CHECK: &str = "\u{e1b0}";

/// `cloud-slash`
pub const CLOUD_SLASH: &str = "\u{e1b6}";

/// `cloud-warning`
pub const CLOUD_WARNING: &str = "\u{ea98}";

/// `coins`
pub const COINS: &str = "\u{e78e}";

/// `columns`
pub const COLUMNS: &str = "\u{e546}";

/// `command`
pub const COMMAND: &str = "\u{e1c4}";

/// `copy`
pub const COPY: &str = "\u{e1ca}";

/// `corners-out`
pub const CORNERS_OUT: &str = "\u{e1d0}";

/// `cube`
pub const CUBE: &str = "\u{e1da}";

/// `cube-focus`
pub const CUBE_FOCUS: &str = "\u{ed0a}";

/// `cursor`
pub const CURSOR: &str = "\u{e1dc}";

/// `database`
pub const DATABASE: &str = "\u{e1de}";

/// `desktop`
pub const DESKTOP: &str = "\u{e560}";

/// `device-mobile`
pub const DEVICE_MOBILE: &str = "\u{e1e0}";

/// `dog`
pub const DOG: &str = "\u{e74a}";

/// `dot-outline`
pub const DOT_OUTLINE: &str = "\u{ece0}";

/// `dots-three`
pub const DOTS_THREE: &str = "\u{e1fe}";

/// `dots-three-vertical`
pub const DOTS_THREE_VERTICAL: &str = "\u{e208}";

/// `download-simple`
pub const DOWNLOAD_SIMPLE: &str = "\u{e20c}";

/// `drop`
pub const DROP: &str = "\u{e210}";

/// `export`
pub const EXPORT: &str = "\u{eaf0}";

/// `eye`
pub const EYE: &str = "\u{e220}";

/// `eye-slash`
pub const EYE_SLASH: &str = "\u{e224}";

/// `file`
pub const FILE: &str = "\u{e230}";

/// `file-text`
pub const FILE_TEXT: &str = "\u{e23a}";

/// `files`
pub const FILES: &str = "\u{e710}";

/// `fingerprint`
pub const FINGERPRINT: &str = "\u{e23e}";

/// `first-aid`
pub const FIRST_AID: &str = "\u{e56e}";

/// `flag`
pub const FLAG: &str = "\u{e244}";

/// `flag-pennant`
pub const FLAG_PENNANT: &str = "\u{ecf0}";

/// `flame`
pub const FLAME: &str = "\u{e624}";

/// `flask`
pub const FLASK: &str = "\u{e79e}";

/// `frame-corners`
pub const FRAME_CORNERS: &str = "\u{e626}";

/// `funnel`
pub const FUNNEL: &str = "\u{e266}";

/// `gauge`
pub const GAUGE: &str = "\u{e628}";

/// `gavel`
pub const GAVEL: &str = "\u{ea32}";

/// `gear`
pub const GEAR: &str = "\u{e270}";

/// `gear-six`
pub const GEAR_SIX: &str = "\u{e272}";

/// `globe`
pub const GLOBE: &str = "\u{e288}";

/// `hand`
pub const HAND: &str = "\u{e298}";

/// `hand-grabbing`
pub const HAND_GRABBING: &str = "\u{e57c}";

/// `hand-palm`
pub const HAND_PALM: &str = "\u{e57e}";

/// `handshake`
pub const HANDSHAKE: &str = "\u{e582}";

/// `hard-drives`
pub const HARD_DRIVES: &str = "\u{e2a0}";

/// `hash`
pub const HASH: &str = "\u{e2a2}";

/// `hourglass`
pub const HOURGLASS: &str = "\u{e2b2}";

/// `house`
pub const HOUSE: &str = "\u{e2c2}";

/// `identification-badge`
pub const IDENTIFICATION_BADGE: &str = "\u{e6f6}";

/// `image`
pub const IMAGE: &str = "\u{e2ca}";

/// `image-broken`
pub const IMAGE_BROKEN: &str = "\u{e7a8}";

/// `info`
pub const INFO: &str = "\u{e2ce}";

/// `key`
pub const KEY: &str = "\u{e2d6}";

/// `key-return`
pub const KEY_RETURN: &str = "\u{e782}";

/// `keyboard`
pub const KEYBOARD: &str = "\u{e2d8}";

/// `laptop`
pub const LAPTOP: &str = "\u{e586}";

/// `leaf`
pub const LEAF: &str = "\u{e2da}";

/// `lightning`
pub const LIGHTNING: &str = "\u{e2de}";

/// `link`
pub const LINK: &str = "\u{e2e2}";

/// `link-break`
pub const LINK_BREAK: &str = "\u{e2e4}";

/// `list`
pub const LIST: &str = "\u{e2f0}";

/// `list-checks`
pub const LIST_CHECKS: &str = "\u{eadc}";

/// `list-dashes`
pub const LIST_DASHES: &str = "\u{e2f4}";

/// `lock`
pub const LOCK: &str = "\u{e2fa}";

/// `lock-key`
pub const LOCK_KEY: &str = "\u{e2fe}";

/// `lock-open`
pub const LOCK_OPEN: &str = "\u{e306}";

/// `magnifying-glass`
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";

/// `magnifying-glass-minus`
pub const MAGNIFYING_GLASS_MINUS: &str = "\u{e30e}";

/// `magnifying-glass-plus`
pub const MAGNIFYING_GLASS_PLUS: &str = "\u{e310}";

/// `map-pin`
pub const MAP_PIN: &str = "\u{e316}";

/// `minus`
pub const MINUS: &str = "\u{e32a}";

/// `minus-circle`
pub const MINUS_CIRCLE: &str = "\u{e32c}";

/// `money`
pub const MONEY: &str = "\u{e588}";

/// `moon`
pub const MOON: &str = "\u{e330}";

/// `note-pencil`
pub const NOTE_PENCIL: &str = "\u{e34c}";

/// `notebook`
pub const NOTEBOOK: &str = "\u{e34e}";

/// `octagon`
pub const OCTAGON: &str = "\u{e38e}";

/// `package`
pub const PACKAGE: &str = "\u{e390}";

/// `palette`
pub const PALETTE: &str = "\u{e6c8}";

/// `paperclip`
pub const PAPERCLIP: &str = "\u{e39a}";

/// `path`
pub const PATH: &str = "\u{e39c}";

/// `pause`
pub const PAUSE: &str = "\u{e39e}";

/// `paw-print`
pub const PAW_PRINT: &str = "\u{e648}";

/// `pen-nib`
pub const PEN_NIB: &str = "\u{e3ac}";

/// `pencil-simple`
pub const PENCIL_SIMPLE: &str = "\u{e3b4}";

/// `plant`
pub const PLANT: &str = "\u{ebae}";

/// `play`
pub const PLAY: &str = "\u{e3d0}";

/// `plugs`
pub const PLUGS: &str = "\u{eb56}";

/// `plugs-connected`
pub const PLUGS_CONNECTED: &str = "\u{eb5a}";

/// `plus`
pub const PLUS: &str = "\u{e3d4}";

/// `plus-circle`
pub const PLUS_CIRCLE: &str = "\u{e3d6}";

/// `police-car`
pub const POLICE_CAR: &str = "\u{ec4a}";

/// `polygon`
pub const POLYGON: &str = "\u{e6d0}";

/// `printer`
pub const PRINTER: &str = "\u{e3dc}";

/// `prohibit`
pub const PROHIBIT: &str = "\u{e3de}";

/// `push-pin`
pub const PUSH_PIN: &str = "\u{e3e2}";

/// `question`
pub const QUESTION: &str = "\u{e3e8}";

/// `radioactive`
pub const RADIOACTIVE: &str = "\u{e9dc}";

/// `rectangle`
pub const RECTANGLE: &str = "\u{e3f0}";

/// `rectangle-dashed`
pub const RECTANGLE_DASHED: &str = "\u{e3f2}";

/// `rows`
pub const ROWS: &str = "\u{e5a2}";

/// `ruler`
pub const RULER: &str = "\u{e6b8}";

/// `scales`
pub const SCALES: &str = "\u{e750}";

/// `scan`
pub const SCAN: &str = "\u{ebb6}";

/// `seal`
pub const SEAL: &str = "\u{e604}";

/// `seal-check`
pub const SEAL_CHECK: &str = "\u{e606}";

/// `seal-warning`
pub const SEAL_WARNING: &str = "\u{e60c}";

/// `selection`
pub const SELECTION: &str = "\u{e69a}";

/// `selection-plus`
pub const SELECTION_PLUS: &str = "\u{e69c}";

/// `shield-check`
pub const SHIELD_CHECK: &str = "\u{e40c}";

/// `shield-warning`
pub const SHIELD_WARNING: &str = "\u{e412}";

/// `shipping-container`
pub const SHIPPING_CONTAINER: &str = "\u{e78c}";

/// `sidebar-simple`
pub const SIDEBAR_SIMPLE: &str = "\u{ec24}";

/// `sign-in`
pub const SIGN_IN: &str = "\u{e428}";

/// `sign-out`
pub const SIGN_OUT: &str = "\u{e42a}";

/// `signature`
pub const SIGNATURE: &str = "\u{ebac}";

/// `skull`
pub const SKULL: &str = "\u{e916}";

/// `sliders-horizontal`
pub const SLIDERS_HORIZONTAL: &str = "\u{e434}";

/// `snowflake`
pub const SNOWFLAKE: &str = "\u{e5aa}";

/// `sort-ascending`
pub const SORT_ASCENDING: &str = "\u{e444}";

/// `sort-descending`
pub const SORT_DESCENDING: &str = "\u{e446}";

/// `spinner`
pub const SPINNER: &str = "\u{e66a}";

/// `square`
pub const SQUARE: &str = "\u{e45e}";

/// `squares-four`
pub const SQUARES_FOUR: &str = "\u{e464}";

/// `stack`
pub const STACK: &str = "\u{e466}";

/// `stack-simple`
pub const STACK_SIMPLE: &str = "\u{e468}";

/// `star`
pub const STAR: &str = "\u{e46a}";

/// `stop-circle`
pub const STOP_CIRCLE: &str = "\u{e46e}";

/// `suitcase`
pub const SUITCASE: &str = "\u{e5ae}";

/// `sun`
pub const SUN: &str = "\u{e472}";

/// `syringe`
pub const SYRINGE: &str = "\u{e968}";

/// `table`
pub const TABLE: &str = "\u{e476}";

/// `tag`
pub const TAG: &str = "\u{e478}";

/// `test-tube`
pub const TEST_TUBE: &str = "\u{e7a0}";

/// `text-aa`
pub const TEXT_AA: &str = "\u{e6ee}";

/// `thermometer`
pub const THERMOMETER: &str = "\u{e5c6}";

/// `timer`
pub const TIMER: &str = "\u{e492}";

/// `train`
pub const TRAIN: &str = "\u{e496}";

/// `translate`
pub const TRANSLATE: &str = "\u{e4a2}";

/// `trash`
pub const TRASH: &str = "\u{e4a6}";

/// `tree-structure`
pub const TREE_STRUCTURE: &str = "\u{e67c}";

/// `truck`
pub const TRUCK: &str = "\u{e4b4}";

/// `truck-trailer`
pub const TRUCK_TRAILER: &str = "\u{e4b6}";

/// `upload-simple`
pub const UPLOAD_SIMPLE: &str = "\u{e4c0}";

/// `user`
pub const USER: &str = "\u{e4c2}";

/// `user-circle`
pub const USER_CIRCLE: &str = "\u{e4c4}";

/// `users`
pub const USERS: &str = "\u{e4d6}";

/// `virus`
pub const VIRUS: &str = "\u{e7d6}";

/// `warehouse`
pub const WAREHOUSE: &str = "\u{ecd4}";

/// `warning`
pub const WARNING: &str = "\u{e4e0}";

/// `warning-circle`
pub const WARNING_CIRCLE: &str = "\u{e4e2}";

/// `warning-diamond`
pub const WARNING_DIAMOND: &str = "\u{e7fc}";

/// `wave-sine`
pub const WAVE_SINE: &str = "\u{ea9a}";

/// `wifi-high`
pub const WIFI_HIGH: &str = "\u{e4ea}";

/// `wifi-slash`
pub const WIFI_SLASH: &str = "\u{e4f2}";

/// `wind`
pub const WIND: &str = "\u{e5d2}";

/// `x`
pub const X: &str = "\u{e4f6}";

/// `x-circle`
pub const X_CIRCLE: &str = "\u{e4f8}";
