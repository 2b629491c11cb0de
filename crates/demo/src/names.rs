//! Parties: invented firms whose names look like those on real papers, in several scripts and lengths.

use crate::dice::Dice;

/// A firm and its country.
pub(crate) type Firm = (&'static str, &'static str);

/// Firms that receive at the land post.
const LAND_CONSIGNEES: &[Firm] = &[
    ("Lakeside Foods Ltd", "MW"),
    ("Mbeya Engineering", "TZ"),
    ("Kyela Building Supplies", "TZ"),
    ("Songwe Traders", "MW"),
    ("Northern Seeds Coop.", "MW"),
    ("Karonga General Dealers", "MW"),
    ("Chitipa Farmers Union", "MW"),
    ("Mzuzu Hardware & Electrical", "MW"),
    ("Viphya Timber Company", "MW"),
    ("Nyika Pharmaceuticals Ltd", "MW"),
    ("Rumphi Cold Stores", "MW"),
    ("Lilongwe Wholesale Distributors", "MW"),
    ("Zomba Office Supplies", "MW"),
    ("Blantyre Motors", "MW"),
    (
        "Shire Valley Agro-Processing & Marketing Cooperative Society Limited",
        "MW",
    ),
    ("Limbe Textiles", "MW"),
    ("Kasungu Leaf", "MW"),
    ("Nkhata Bay Fishing", "MW"),
    ("Salima Solar", "MW"),
    ("Mangochi Beverages", "MW"),
    ("Chipata Supermarkets", "ZM"),
    ("Copperbelt Mining Spares Ltd", "ZM"),
    ("Al-Noor Trading — النور للتجارة", "MW"),
    ("Mission Hospital Livingstonia", "MW"),
];

/// Firms that receive at the seaport.
const SHED_CONSIGNEES: &[Firm] = &[
    ("Dar Motors", "TZ"),
    ("Kariakoo Importers", "TZ"),
    ("Ubungo Plastics", "TZ"),
    ("Morogoro Canvas Mills", "TZ"),
    ("Kilimanjaro Fresh", "TZ"),
    ("Zanzibar Hotel Supplies", "TZ"),
    ("Tanga Cement Distributors", "TZ"),
    ("Dodoma Medical Stores", "TZ"),
    ("Arusha Roses", "TZ"),
    ("Kigoma Grain", "TZ"),
    ("Bujumbura Commerce Général", "BI"),
    ("Société Kivu Import-Export et Compagnie", "CD"),
];

/// Firms that send, by country of origin.
const CONSIGNORS: &[(&str, &[&str])] = &[
    (
        "CN",
        &[
            "深圳市华远电子有限公司",
            "宁波东方进出口股份有限公司",
            "Foshan Golden Ceramics Co., Ltd",
            "青岛海洋食品有限公司",
        ],
    ),
    (
        "IN",
        &[
            "Gujarat Agro Chem Pvt Ltd",
            "श्री गणेश ट्रेडिंग कंपनी",
            "Mundra Spices Exports",
            "Ludhiana Knitwear",
        ],
    ),
    (
        "AE",
        &[
            "شركة الخليج للتجارة العامة ذ.م.م",
            "Jebel Ali Re-Export FZE",
            "Deira Auto Parts FZCO",
        ],
    ),
    (
        "ZA",
        &[
            "Cape Hake (Pty) Ltd",
            "Durban Chemical Industries",
            "Highveld Poultry",
            "Stellenbosch Cellars",
        ],
    ),
    (
        "TZ",
        &[
            "Rungwe Tea",
            "Tunduma Petroleum",
            "Mbozi Coffee Curing",
            "Iringa Maize Seed Co.",
        ],
    ),
    (
        "KE",
        &["Mombasa Steel Rolling", "Naivasha Flowers", "Thika Dairies"],
    ),
    ("ZM", &["Mpika Hatcheries", "Lusaka Stockfeeds"]),
    ("JP", &["横浜中古車輸出株式会社", "Nagoya Used Parts KK"]),
    (
        "DE",
        &[
            "Weser Maschinenbau GmbH & Co. KG",
            "Süddeutsche Pumpenfabrik AG",
        ],
    ),
    (
        "NL",
        &["Westland Zaden B.V.", "Rotterdamse Zuivelhandel N.V."],
    ),
    (
        "BR",
        &["Frigorífico São João S.A.", "Usina Açucareira Boa Vista"],
    ),
    ("TH", &["บริษัท สยามข้าวไทย จำกัด", "Bangkok Rice Trading"]),
    (
        "TR",
        &["Anadolu Çimento ve Yapı Ürünleri A.Ş.", "İzmir Tekstil"],
    ),
    (
        "GB",
        &["Humber Machinery Sales", "Thames Used Clothing Recyclers"],
    ),
    ("US", &["Gulf Coast Equipment LLC", "Midwest Seed Genetics"]),
    ("ET", &["የኢትዮጵያ ቡና ላኪ"]),
    ("RU", &["ООО «Азот-Экспорт»"]),
    ("SA", &["شركة ينبع للأسمدة والبتروكيماويات"]),
    ("PK", &["کراچی رائس ملز", "Sialkot Sports"]),
    ("VN", &["Công ty TNHH Thủy Sản Hải Long"]),
];

const DECLARANTS: &[Firm] = &[
    ("J. Banda, clearing agent", "MW"),
    ("Songwe Clearing & Forwarding", "MW"),
    ("Transcorridor Agencies", "TZ"),
    ("Uhuru Freight Services", "TZ"),
    ("Great Lakes Customs Brokers", "MW"),
    ("Bahari Shipping Agencies", "TZ"),
];

const HAULIERS: &[Firm] = &[
    ("Tukuyu Hauliers", "TZ"),
    ("Chambeshi Road Freight", "ZM"),
    ("Lake Corridor Transport", "MW"),
    ("Simba Lines", "TZ"),
    ("Usafirishaji Bora", "TZ"),
];

/// Who receives.
pub(crate) fn consignee(dice: &mut Dice, at_land: bool) -> Firm {
    *dice.pick(if at_land {
        LAND_CONSIGNEES
    } else {
        SHED_CONSIGNEES
    })
}

/// Who sends goods of this origin.
pub(crate) fn consignor(dice: &mut Dice, origin: &str) -> &'static str {
    CONSIGNORS
        .iter()
        .find(|(country, _)| *country == origin)
        .map_or("Worldwide Merchants", |&(_, firms)| *dice.pick(firms))
}

/// Who declares.
pub(crate) fn declarant(dice: &mut Dice) -> Firm {
    *dice.pick(DECLARANTS)
}

/// Who carries by road.
pub(crate) fn haulier(dice: &mut Dice) -> Firm {
    *dice.pick(HAULIERS)
}
